import { Call } from '../../call/call'
import type { FetchGrant } from '../../call/join'
import type { LocalMedia } from '../../call/local-media'
import { whenFlowing } from '../../call/media-flow'
import { loadDevice } from '../../call/mediasoup'
import { watchNetwork } from '../../call/network-watch'
import { captureScreen } from '../../call/screen-capture'
import { SUBPROTOCOL } from '../../protocol/signalling'

/** A call on this browser's own parts. */
export function newCall(fetchGrant: FetchGrant, media: LocalMedia): Call {
  return new Call(
    {
      fetchGrant,
      openSocket: (path) => new WebSocket(mediaUrl(path), SUBPROTOCOL),
      loadDevice,
      captureScreen,
      whenFlowing,
      watchNetwork,
      now: Date.now,
      random: Math.random,
      newId: () => crypto.randomUUID(),
    },
    media,
  )
}

/** The media service's address, on the page's own origin. */
export function mediaUrl(path: string): string {
  const url = new URL(path, window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}
