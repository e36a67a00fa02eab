/** Measures the running connection once a second: quality in levels, and who is heard. */

import type { CallState, RemoteParticipant } from './call-state'
import {
  inboundLevel,
  isAudible,
  ownLevel,
  type QualityLevel,
  readSample,
  type Sample,
  type StatsEntry,
} from './quality'

export type Measured = Pick<CallState, 'quality' | 'remoteQuality' | 'speaking'>

export interface StatsSource {
  stats(): Promise<{ send: RTCStatsReport | null; receive: RTCStatsReport | null }>
}

const INTERVAL_MS = 1_000
/** A level is shown when it has been measured this many times in a row: one lost burst is no news. */
const STEADY = 5

export class Monitor {
  readonly #report: (measured: Measured) => void
  #timer: ReturnType<typeof setInterval> | undefined
  #before: Sample | null = null
  #runs = new Map<string, { level: QualityLevel; count: number; shown: QualityLevel }>()

  constructor(report: (measured: Measured) => void) {
    this.#report = report
  }

  start(source: StatsSource, state: () => CallState): void {
    this.stop()
    this.#timer = setInterval(() => void this.#measure(source, state), INTERVAL_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#before = null
    this.#runs.clear()
  }

  async #measure(source: StatsSource, state: () => CallState): Promise<void> {
    const timer = this.#timer
    const { send, receive } = await source.stats().catch(() => ({ send: null, receive: null }))
    if (timer !== this.#timer || (send === null && receive === null)) return
    const now = readSample(performance.now(), entries(send), entries(receive))
    if (this.#before !== null) this.#report(this.#compare(this.#before, now, state()))
    this.#before = now
  }

  #compare(before: Sample, now: Sample, { self, participants }: CallState): Measured {
    const elapsedMs = now.atMs - before.atMs
    const speaking = participants.filter((each) => isHeard(each, before, now)).map((each) => each.id)
    if (self !== null && isAudible(before.ownEnergy, now.ownEnergy, elapsedMs)) speaking.push(self.id)
    const remoteQuality: Record<string, QualityLevel> = {}
    for (const each of participants) {
      const level = inboundLevel(before, now, trackIds(each))
      if (level !== null) remoteQuality[each.id] = this.#steady(each.id, level)
    }
    return { quality: this.#steady('', ownLevel(before, now)), remoteQuality, speaking }
  }

  #steady(key: string, level: QualityLevel): QualityLevel {
    const run = this.#runs.get(key) ?? { level, count: 0, shown: 'good' }
    const count = run.level === level ? run.count + 1 : 1
    const shown = count >= STEADY ? level : run.shown
    this.#runs.set(key, { level, count, shown })
    return shown
  }
}

function isHeard(participant: RemoteParticipant, before: Sample, now: Sample): boolean {
  const { microphone } = participant.media
  if (microphone === undefined || microphone.track === null || microphone.paused) return false
  const [earlier, later] = [before.inbound[microphone.track.id], now.inbound[microphone.track.id]]
  return (
    earlier !== undefined &&
    later !== undefined &&
    isAudible(earlier.energy, later.energy, now.atMs - before.atMs)
  )
}

function trackIds(participant: RemoteParticipant): string[] {
  return Object.values(participant.media).flatMap((media) =>
    media.track && !media.paused ? [media.track.id] : [],
  )
}

function entries(report: RTCStatsReport | null): StatsEntry[] {
  const found: StatsEntry[] = []
  report?.forEach((entry: StatsEntry) => void found.push(entry))
  return found
}
