/**
 * Whether a call could get through from here: the server answers, and the media service takes a connection. What picture
 * and sound go by (UDP, or a relay) can be tried by nobody but who has joined a call.
 */

import { answer, api } from '../../protocol/api'
import { SUBPROTOCOL } from '../../protocol/signalling'
import { mediaUrl } from '../call-window/new-call'

export type Network = 'checking' | 'good' | 'slow' | 'blocked' | 'offline'

export interface NetworkDoors {
  /** Asks the server for something small. */
  ask: () => Promise<unknown>
  /** Opens the media service's socket and closes it again. */
  knock: () => Promise<void>
  now: () => number
}

const SLOW_MS = 1_500
const PATIENCE_MS = 8_000

export const DOORS: NetworkDoors = {
  ask: () => answer(api.GET('/visitor/settings')),
  knock: () => openOnce(mediaUrl('/media')),
  now: () => performance.now(),
}

export async function checkNetwork({ ask, knock, now }: NetworkDoors): Promise<Network> {
  const began = now()
  const answered = await ask().then(
    () => true,
    () => false,
  )
  if (!answered) return 'offline'
  const slow = now() - began > SLOW_MS
  const opened = await knock().then(
    () => true,
    () => false,
  )
  if (!opened) return 'blocked'
  return slow ? 'slow' : 'good'
}

/** Nobody is told who knocks: the socket closes before anything is said on it. */
function openOnce(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, SUBPROTOCOL)
    const patience = setTimeout(() => socket.close(), PATIENCE_MS)
    socket.addEventListener('open', () => {
      resolve()
      socket.close()
    })
    socket.addEventListener('close', () => {
      clearTimeout(patience)
      reject(new Error('the media service was not reached'))
    })
  })
}
