import { isLocalDate, type LocalDate, momentOf, nextQuarter } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { type Choice, NOTHING_CHOSEN, relationsOf, withPreselection } from '../relations/choice'
import { kindOn } from './kind'

/**
 * A booking being made. It stays in this tab through a reload; of the patient it holds the id alone.
 * `requestId` lets the server book once, however often it is sent (B2).
 */
export interface Draft extends Choice {
  requestId: string
  patientId: string | null
  day: LocalDate
  /** `09:30`, local. */
  time: string
  durationMinutes: number
  reason: string
  /** HSA-ids of the colleagues added; the one who books is the owner. */
  staff: string[]
  guests: Guest[]
}

export type Guest = Shape<'NewGuest'>

/** What was said of one patient, and is not true of the next. */
export const NOTHING_SAID: Pick<Draft, 'reason' | 'guests' | keyof Choice> = {
  reason: '',
  guests: [],
  ...NOTHING_CHOSEN,
}

const KEPT_AS = 'vardrum.booking'
export const DURATIONS_MINUTES = [15, 20, 30, 45, 60, 90]
const USUAL_MINUTES = 30

export function newDraft(nowMs: number, patientId: string | null = null): Draft {
  const { day, time } = nextQuarter(nowMs)
  return {
    requestId: crypto.randomUUID(),
    patientId,
    day,
    time,
    durationMinutes: USUAL_MINUTES,
    staff: [],
    ...NOTHING_SAID,
  }
}

export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(KEPT_AS, JSON.stringify(draft))
}

export function forgetDraft(): void {
  sessionStorage.removeItem(KEPT_AS)
}

/** The draft of this tab; null when there is none, or one of another shape. */
export function keptDraft(): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false
  const draft = kept as Partial<Record<keyof Draft, unknown>>
  const texts = [draft.requestId, draft.day, draft.time, draft.reason]
  return (
    texts.every((text) => typeof text === 'string') &&
    typeof draft.durationMinutes === 'number' &&
    Array.isArray(draft.staff) &&
    Array.isArray(draft.guests) &&
    'ombudId' in draft &&
    'primaryId' in draft
  )
}

export type TimeFault = 'missing' | 'past' | null

/** What is wrong with the time, if anything. */
export function timeFault(draft: Draft, nowMs: number): TimeFault {
  if (!isLocalDate(draft.day) || !/^\d{2}:\d{2}$/.test(draft.time)) return 'missing'
  return Date.parse(momentOf(draft.day, draft.time)) < nowMs - 60_000 ? 'past' : null
}

/** The request; only for a draft whose patient and time are chosen. The age on the visit's day makes its kind (B4). */
export function bookingOf(
  draft: Draft,
  patient: Shape<'PatientView'>,
  childAgeLimit: number,
): Shape<'BookVisit'> {
  const kind = kindOn(patient.birth_date, draft.day, childAgeLimit)
  return {
    request_id: draft.requestId,
    patient_id: patient.patient_id,
    starts_at: momentOf(draft.day, draft.time),
    duration_minutes: draft.durationMinutes,
    reason: draft.reason.trim(),
    kind,
    staff: draft.staff,
    guests: draft.guests,
    relations: relationsIn(draft, patient, kind),
  }
}

/** A child's ombud and primary contact, a youth's primary contact, and nothing of an adult. */
function relationsIn(draft: Draft, patient: Shape<'PatientView'>, kind: Shape<'BookVisit'>['kind']) {
  if (kind === 'adult') return []
  return relationsOf(withPreselection(patient, kind, draft))
}
