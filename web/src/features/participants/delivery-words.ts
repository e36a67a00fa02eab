import { t } from '../../i18n'
import { sv } from '../../i18n/sv'
import { fetchedTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

type Participant = Shape<'ParticipantView'>
export type Delivery = Shape<'Delivery'>
type KnownReason = keyof typeof sv.participants.message

/** A message that is written to go out later is told as planned from this long before. */
const LATER_MS = 60_000

/** The message that the person's state tells of: the newest that has left or tried to, or is to leave. */
export function latestDelivery({ deliveries }: Participant): Delivery | null {
  return deliveries[0] ?? null
}

/** "inbjudan levererad 09:31", "ombokning skickas strax", "påminnelse skickas tis 24 nov. 07:00". */
export function deliveryWords(delivery: Delivery, nowMs = Date.now()): string {
  return stateWords(delivery, t(`participants.message.${knownReason(delivery.reason)}`), nowMs)
}

/** The state of what is called `message`, or of what needs no name where it stands. */
export function stateWords({ state, at }: Delivery, message: string, nowMs = Date.now()): string {
  if (state === 'none') return message
  const isLater = state === 'queued' && Date.parse(at) > nowMs + LATER_MS
  const words = isLater ? 'planned' : state
  return t(`participants.messageState.${words}`, { message, time: fetchedTime(at, nowMs) }).trim()
}

/** Neither the message nor another in its stead has come to the person. */
export function isLost({ delivery }: Participant): boolean {
  return delivery === 'failed' || delivery === 'bounced'
}

/** "blir ca 10 min sen, meddelat 09:40" (B11); empty of who has said nothing. */
export function lateWords({ late }: Participant, nowMs = Date.now()): string {
  if (late === null) return ''
  return t('participants.late', { minutes: late.minutes, at: fetchedTime(late.at, nowMs) })
}

function knownReason(reason: string): KnownReason {
  return Object.hasOwn(sv.participants.message, reason) ? (reason as KnownReason) : 'other'
}
