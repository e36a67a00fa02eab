/** Watches whether this computer manages to encode its own picture, and tells the media node when it does not. */

import type { DeviceLimit } from '../protocol/signalling'

/** What is read of an entry of `RTCStatsReport` (W3C webrtc-stats). */
export interface StatsEntry {
  type?: string
  kind?: string
  qualityLimitationReason?: string
}

export interface StatsSource {
  /** What is sent; null while there is no connection. */
  sendStats(): Promise<RTCStatsReport | null>
}

const INTERVAL_MS = 1_000
/** A change is told when it has been measured this many times in a row: a start is busy, and no news. */
const STEADY = 5

export class DeviceWatch {
  readonly #report: (limit: DeviceLimit) => void
  #timer: ReturnType<typeof setInterval> | undefined
  #told: DeviceLimit = 'none'
  #against = 0

  constructor(report: (limit: DeviceLimit) => void) {
    this.#report = report
  }

  /** A new connection knows nothing of what was told before. */
  start(source: StatsSource): void {
    this.stop()
    this.#timer = setInterval(() => void this.#measure(source), INTERVAL_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#told = 'none'
    this.#against = 0
  }

  async #measure(source: StatsSource): Promise<void> {
    const timer = this.#timer
    const report = await source.sendStats().catch(() => null)
    if (timer === this.#timer && report !== null) this.#take(limitOf(entries(report)))
  }

  #take(limit: DeviceLimit): void {
    this.#against = limit === this.#told ? 0 : this.#against + 1
    if (this.#against < STEADY) return
    this.#told = limit
    this.#against = 0
    this.#report(limit)
  }
}

/** One layer that the processor holds back is enough. */
export function limitOf(sent: readonly StatsEntry[]): DeviceLimit {
  return sent.some((entry) => entry.type === 'outbound-rtp' && entry.qualityLimitationReason === 'cpu')
    ? 'cpu'
    : 'none'
}

function entries(report: RTCStatsReport): StatsEntry[] {
  const found: StatsEntry[] = []
  report.forEach((entry: StatsEntry) => void found.push(entry))
  return found
}
