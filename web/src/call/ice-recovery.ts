/** Brings one transport's network path back by an ICE restart (RFC 8445 §2.4) before the whole call is rebuilt. */

import type { Transport } from 'mediasoup-client/types'

const DISCONNECTED_PATIENCE_MS = 3_000
const RECONNECT_DEADLINE_MS = 6_000
const MAX_RESTARTS = 2

/**
 * `disconnected` alone is no reason to act: Safari passes through it while it renegotiates, and a radio gap heals by
 * itself. Only if it lasts is the path restarted; if that does not help, `giveUp` is called once.
 */
export class IceRecovery {
  readonly #transport: Transport
  readonly #restartIce: () => Promise<void>
  readonly #giveUp: () => void
  #patience: ReturnType<typeof setTimeout> | undefined
  #deadline: ReturnType<typeof setTimeout> | undefined
  #restarts = 0
  #done = false

  constructor(transport: Transport, restartIce: () => Promise<void>, giveUp: () => void) {
    this.#transport = transport
    this.#restartIce = restartIce
    this.#giveUp = giveUp
    transport.on('connectionstatechange', () => this.#onState())
  }

  /** The network changed: look for a new path at once, while the old one may still carry. */
  networkChanged(): void {
    const state = this.#transport.connectionState
    if (state !== 'new' && state !== 'closed') void this.#restart()
  }

  stop(): void {
    this.#done = true
    clearTimeout(this.#patience)
    clearTimeout(this.#deadline)
  }

  #onState(): void {
    const state = this.#transport.connectionState
    if (this.#done) return
    clearTimeout(this.#patience)
    if (state === 'connected') this.#recovered()
    if (state === 'failed') void this.#restart()
    if (state === 'disconnected')
      this.#patience = setTimeout(() => void this.#restart(), DISCONNECTED_PATIENCE_MS)
  }

  #recovered(): void {
    this.#restarts = 0
    clearTimeout(this.#deadline)
  }

  async #restart(): Promise<void> {
    if (this.#done) return
    if (++this.#restarts > MAX_RESTARTS) return this.#abandon()
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => this.#check(), RECONNECT_DEADLINE_MS)
    await this.#restartIce().catch(() => this.#abandon())
  }

  #check(): void {
    if (this.#transport.connectionState === 'connected') this.#recovered()
    else void this.#restart()
  }

  #abandon(): void {
    if (this.#done) return
    this.stop()
    this.#giveUp()
  }
}
