/** Whether sound is all that is left. Pure. */

import type { RemoteParticipant } from '../../call/call-state'
import { picturesOf } from '../../call/participants'
import type { ViewReporter } from '../../call/view-reporter'

/** The own connection has no room for any picture that would be shown. */
export function isSoundOnly(
  participants: readonly RemoteParticipant[],
  views: Pick<ViewReporter, 'isHidden'>,
): boolean {
  return (
    heldPictures(participants).length > 0 &&
    !picturesOf(participants).some((picture) => isSeen(picture, views))
  )
}

/** Consumer ids of the pictures that have no room now. */
export function heldPictures(participants: readonly RemoteParticipant[]): string[] {
  return picturesOf(participants)
    .filter(({ held, paused }) => held && !paused)
    .map(({ consumerId }) => consumerId)
}

function isSeen(
  { held, paused, consumerId }: { held: boolean; paused: boolean; consumerId: string },
  views: Pick<ViewReporter, 'isHidden'>,
): boolean {
  return !held && !paused && !views.isHidden(consumerId)
}
