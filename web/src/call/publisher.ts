/** Keeps what the media server gets from one source as this person wants it. */

import type { Producer } from 'mediasoup-client/types'
import { RequestRefused } from '../protocol/signalling-socket'

export interface Wanted {
  track: MediaStreamTrack | null
  on: boolean
}

export interface PublisherPort {
  produce(track: MediaStreamTrack, paused: boolean): Promise<Producer>
  pause(producerId: string): Promise<unknown>
  resume(producerId: string): Promise<unknown>
  close(producerId: string): Promise<unknown>
  /** The server would not take it (permission). */
  refused(): void
  /** The connection does not answer. */
  failed(): void
}

const NOTHING: Wanted = { track: null, on: false }
/** Nothing more will come from this source. */
const END: Wanted = { track: null, on: false }

/** Wishes may come faster than the network: steps run one at a time and only the latest wish counts. */
export class Publisher {
  readonly #port: PublisherPort
  #wanted: Wanted = NOTHING
  #applied: Wanted = NOTHING
  #producer: Producer | null = null
  #running = false
  #stopped = false

  constructor(port: PublisherPort) {
    this.#port = port
  }

  want(wanted: Wanted): void {
    this.#wanted = wanted
    if (!this.#running) void this.#run()
  }

  /** The node lets go of it, and the others see it go. */
  end(): void {
    this.want(END)
  }

  stop(): void {
    this.#stopped = true
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (!this.#stopped && this.#applied !== this.#wanted) {
        const wanted = this.#wanted
        await this.#apply(wanted)
        this.#applied = wanted
      }
    } catch (error) {
      this.#report(error)
    } finally {
      this.#running = false
    }
  }

  #report(error: unknown): void {
    if (this.#stopped) return
    if (error instanceof RequestRefused) this.#port.refused()
    else this.#port.failed()
  }

  async #apply(wanted: Wanted): Promise<void> {
    if (wanted === END) return this.#close()
    const { track: wantedTrack, on } = wanted
    const track = wantedTrack?.readyState === 'live' ? wantedTrack : null
    if (this.#producer === null) {
      if (track !== null) this.#producer = await this.#port.produce(track, !on)
      return
    }
    if (!on) await this.#pause(this.#producer)
    if (track !== this.#producer.track) await this.#producer.replaceTrack({ track })
    if (on) await this.#resume(this.#producer)
  }

  async #close(): Promise<void> {
    const producer = this.#producer
    if (producer === null) return
    producer.close()
    await this.#port.close(producer.id)
  }

  async #pause(producer: Producer): Promise<void> {
    if (producer.paused) return
    producer.pause()
    await this.#port.pause(producer.id)
  }

  async #resume(producer: Producer): Promise<void> {
    if (!producer.paused) return
    producer.resume()
    await this.#port.resume(producer.id)
  }
}
