/** All that this person sends. */

import type { LocalMediaState } from './local-media'
import type { Publication } from './media-session'
import type { OwnShare } from './screen-shares'

export function publicationsOf(
  { microphone, camera }: LocalMediaState,
  shares: readonly OwnShare[],
): Publication[] {
  return [
    { key: 'microphone', source: 'microphone', track: microphone.track, on: microphone.on },
    { key: 'camera', source: 'camera', track: camera.track, on: camera.on },
    ...shares.flatMap(ofShare),
  ]
}

function ofShare({ id, picture, sound }: OwnShare): Publication[] {
  const shared: Publication[] = [{ key: id, source: 'screen', track: picture, on: true }]
  if (sound !== null) shared.push({ key: `${id} sound`, source: 'screen', track: sound, on: true })
  return shared
}
