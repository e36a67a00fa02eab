/** mediasoup-client in a chunk of its own: only who is about to join a call loads it. */

import type { Device } from 'mediasoup-client/types'

/** The browser has no WebRTC that the library knows. */
export class BrowserUnsupported extends Error {}

export async function loadDevice(): Promise<Device> {
  const { Device: MediaDevice } = await import('mediasoup-client')
  try {
    return await MediaDevice.factory()
  } catch (error) {
    if (error instanceof Error && error.name === 'UnsupportedError')
      throw new BrowserUnsupported(error.message)
    throw error
  }
}

/**
 * While the person still looks at the device step: fetches the chunk, and makes the browser set up what its first
 * connection of a page costs (threads, codecs). A failure shows when the call is joined.
 */
export function preloadDevice(): void {
  import('mediasoup-client').catch(() => undefined)
  warmUp().catch(() => undefined)
}

async function warmUp(): Promise<void> {
  const connection = new RTCPeerConnection()
  for (const kind of ['audio', 'video']) connection.addTransceiver(kind)
  await connection.createOffer()
  connection.close()
}
