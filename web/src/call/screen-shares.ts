/** Own shared screens, windows and tabs: any number, each until it is stopped here or by the browser (C5). */

import { Store } from './store'

export interface OwnShare {
  id: string
  picture: MediaStreamTrack
  /** What the tab plays, where the browser offers it and the person wants it. */
  sound: MediaStreamTrack | null
}

export interface ScreenCapture {
  /** Asks the person what to share. */
  capture: () => Promise<MediaStream>
  newId: () => string
}

/** Cancelling the browser's picker is `cancelled`, and no error. */
export type ShareOutcome = 'shared' | 'cancelled' | 'failed'

export class ScreenShares extends Store<readonly OwnShare[]> {
  readonly #port: ScreenCapture
  #closed = false

  constructor(port: ScreenCapture) {
    super([])
    this.#port = port
  }

  async start(): Promise<ShareOutcome> {
    try {
      return this.#add(await this.#port.capture())
    } catch (error) {
      if (error instanceof DOMException) return error.name === 'NotAllowedError' ? 'cancelled' : 'failed'
      throw error
    }
  }

  stop(id: string): void {
    const share = this.state.find((each) => each.id === id)
    if (share === undefined) return
    share.picture.stop()
    share.sound?.stop()
    this.update((shares) => shares.filter((each) => each !== share))
  }

  stopAll(): void {
    for (const { id } of this.state) this.stop(id)
  }

  /** Nothing is shared any more, not even what the person chooses in a picker that is still open. */
  close(): void {
    this.#closed = true
    this.stopAll()
  }

  #add(stream: MediaStream): ShareOutcome {
    const [picture] = stream.getVideoTracks()
    if (picture === undefined || this.#closed) {
      for (const track of stream.getTracks()) track.stop()
      return 'failed'
    }
    const share = { id: this.#port.newId(), picture, sound: stream.getAudioTracks()[0] ?? null }
    // The browser's own "stop sharing", or the shared window was closed.
    picture.addEventListener('ended', () => this.stop(share.id))
    this.update((shares) => [...shares, share])
    return 'shared'
  }
}
