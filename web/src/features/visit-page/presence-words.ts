import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

type Participant = Shape<'ParticipantView'>

/** "väntar sedan 09:52", "i samtalet", "inte här än"; empty for staff outside the call. */
export function presenceWords({ presence, role }: Participant): string {
  if (role === 'staff' && presence.state !== 'in_call') return ''
  const time = presence.since === null ? '' : clockTime(presence.since)
  return t(`visitPage.presence.${presence.state}`, { time }).trim()
}

/** How the invitation fares; said until the person has been seen. */
export function deliveryWords({ delivery, presence }: Participant): string {
  if (delivery === 'none') return ''
  if (presence.state !== 'invited' && delivery !== 'failed') return ''
  return t(`visitPage.delivery.${delivery}`)
}
