import type { View } from './use-visit'

const MINUTE_MS = 60_000
const WAITS_FROM_MS = 30 * MINUTE_MS
const LATE_FROM_MS = 24 * 60 * MINUTE_MS

/** Too early to wait: who opens the link now wants to know of the visit, or change something. */
export function isEarly({ starts_at, status }: Pick<View, 'starts_at' | 'status'>, nowMs: number): boolean {
  return status === 'bokat' && Date.parse(starts_at) - nowMs > WAITS_FROM_MS
}

/** From the day before it makes sense to say that one will be late; once the visit is under way one is here. */
export function mayBeLate({ starts_at, status }: Pick<View, 'starts_at' | 'status'>, nowMs: number): boolean {
  return (status === 'bokat' || status === 'mottaget') && Date.parse(starts_at) - nowMs < LATE_FROM_MS
}
