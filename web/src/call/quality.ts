/** From the browser's statistics (W3C webrtc-stats) to how well the connection carries. Pure. */

export type QualityLevel = 'good' | 'fair' | 'poor'

export interface Inbound {
  received: number
  lost: number
  jitterMs: number
  freezeMs: number
  /** Sum of squared sample levels times seconds; its growth is the loudness. */
  energy: number
}

export interface Sample {
  atMs: number
  rttMs: number | null
  /** Share of what this browser sent that did not arrive, as the server last reported, 0-1. */
  sendLoss: number
  ownEnergy: number
  /** By track id. */
  inbound: Readonly<Record<string, Inbound>>
}

interface Limits {
  loss: number
  rttMs: number
  jitterMs: number
  frozenShare: number
}

const POOR: Limits = { loss: 0.1, rttMs: 700, jitterMs: 120, frozenShare: 0.25 }
const FAIR: Limits = { loss: 0.03, rttMs: 350, jitterMs: 50, frozenShare: 0.05 }
const AUDIBLE_LEVEL = 0.012

/** What is read of an entry of `RTCStatsReport`; which of it is there depends on its type and the browser. */
export interface StatsEntry {
  type?: string
  kind?: string
  trackIdentifier?: string
  packetsReceived?: number
  packetsLost?: number
  /** Seconds. */
  jitter?: number
  totalFreezesDuration?: number
  totalAudioEnergy?: number
  fractionLost?: number
  nominated?: boolean
  currentRoundTripTime?: number
}

export function readSample(
  atMs: number,
  send: readonly StatsEntry[],
  receive: readonly StatsEntry[],
): Sample {
  const all = [...send, ...receive]
  const inbound = ofType(receive, 'inbound-rtp').map((entry) => [
    entry.trackIdentifier ?? '',
    readInbound(entry),
  ])
  const roundTripsS = ofType(all, 'candidate-pair').flatMap((pair) =>
    pair.nominated === true && pair.currentRoundTripTime !== undefined ? [pair.currentRoundTripTime] : [],
  )
  return {
    atMs,
    rttMs: roundTripsS.length === 0 ? null : Math.max(...roundTripsS) * 1000,
    sendLoss: Math.max(0, ...ofType(send, 'remote-inbound-rtp').map((entry) => entry.fractionLost ?? 0)),
    ownEnergy: ofType(send, 'media-source').reduce((sum, entry) => sum + (entry.totalAudioEnergy ?? 0), 0),
    inbound: Object.fromEntries(inbound),
  }
}

/** How well one person's media arrives; null without anything to go by. */
export function inboundLevel(before: Sample, now: Sample, trackIds: readonly string[]): QualityLevel | null {
  const flows = trackIds.flatMap((id) => flow(before.inbound[id], now.inbound[id], now.atMs - before.atMs))
  if (flows.length === 0) return null
  return worst(flows.map((measured) => level({ ...measured, rttMs: 0 })))
}

/** How well the own connection carries, both ways. */
export function ownLevel(before: Sample, now: Sample): QualityLevel {
  const up = level({ loss: now.sendLoss, rttMs: now.rttMs ?? 0, jitterMs: 0, frozenShare: 0 })
  return worst([up, inboundLevel(before, now, Object.keys(now.inbound)) ?? 'good'])
}

/** Root mean square level over the time between the samples, above what a quiet room gives. */
export function isAudible(energyBefore: number, energyNow: number, elapsedMs: number): boolean {
  return (
    elapsedMs > 0 && Math.sqrt(Math.max(0, energyNow - energyBefore) / (elapsedMs / 1000)) > AUDIBLE_LEVEL
  )
}

export function worst(levels: readonly QualityLevel[]): QualityLevel {
  if (levels.includes('poor')) return 'poor'
  return levels.includes('fair') ? 'fair' : 'good'
}

function flow(
  before: Inbound | undefined,
  now: Inbound | undefined,
  elapsedMs: number,
): Omit<Limits, 'rttMs'>[] {
  if (before === undefined || now === undefined || elapsedMs <= 0) return []
  const received = now.received - before.received
  const lost = Math.max(0, now.lost - before.lost)
  if (received + lost <= 0) return []
  const frozenShare = (now.freezeMs - before.freezeMs) / elapsedMs
  return [{ loss: lost / (received + lost), jitterMs: now.jitterMs, frozenShare }]
}

function level(measured: Limits): QualityLevel {
  if (exceeds(measured, POOR)) return 'poor'
  return exceeds(measured, FAIR) ? 'fair' : 'good'
}

function exceeds(measured: Limits, limits: Limits): boolean {
  return (
    measured.loss > limits.loss ||
    measured.rttMs > limits.rttMs ||
    measured.jitterMs > limits.jitterMs ||
    measured.frozenShare > limits.frozenShare
  )
}

function ofType(entries: readonly StatsEntry[], type: string): StatsEntry[] {
  return entries.filter((entry) => entry.type === type)
}

function readInbound(entry: StatsEntry): Inbound {
  return {
    received: entry.packetsReceived ?? 0,
    lost: entry.packetsLost ?? 0,
    jitterMs: (entry.jitter ?? 0) * 1000,
    freezeMs: (entry.totalFreezesDuration ?? 0) * 1000,
    energy: entry.totalAudioEnergy ?? 0,
  }
}
