/** Plays others' sound. Browsers may refuse until the person has touched the page: then the page asks for a touch. */

import { Store } from './store'

/** `setSinkId` is missing on Safari. */
type SinkElement = Partial<Pick<HTMLMediaElement, 'setSinkId'>>

/** `state`: playback is blocked and waits for `unblock`, called from a click. */
export class Playback extends Store<boolean> {
  readonly #elements = new Set<HTMLMediaElement>()

  constructor() {
    super(false)
  }

  /** Returns how to stop. */
  play(element: HTMLMediaElement, track: MediaStreamTrack): () => void {
    element.srcObject = new MediaStream([track])
    this.#elements.add(element)
    void this.#start(element)
    return () => {
      this.#elements.delete(element)
      element.srcObject = null
    }
  }

  async useSpeaker(id: string | undefined): Promise<void> {
    // A speaker that is gone: the sound stays on the system's choice.
    for (const element of this.#elements)
      await (element as SinkElement).setSinkId?.(id ?? '').catch(() => undefined)
  }

  unblock(): void {
    this.update(() => false)
    for (const element of this.#elements) void this.#start(element)
  }

  async #start(element: HTMLMediaElement): Promise<void> {
    try {
      await element.play()
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.update(() => true)
      else if (!isInterrupted(error)) throw error
    }
  }
}

/** The element was taken off the page, or got another source, before it started. */
function isInterrupted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
