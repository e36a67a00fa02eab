import { clockTime, isLocalDate, type LocalDate, localDate, momentOf } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { type Choice, relationsOf, withPreselection } from '../relations/choice'

type Visit = Shape<'VisitView'>

/** A visit's booking as it is to be. */
export interface Form {
  day: LocalDate
  /** `09:30`, local. */
  time: string
  durationMinutes: number
  reason: string
  ownerHsaId: string
  /** Chosen when the patient is of another age on the new day; null leaves it as it is. */
  kind: Visit['kind'] | null
  choice: Choice
}

const MINUTE_MS = 60_000
const USUAL_MINUTES = [15, 20, 30, 45, 60, 90]

export function formOf(visit: Visit): Form {
  return {
    day: localDate(visit.starts_at),
    time: clockTime(visit.starts_at),
    durationMinutes: minutesOf(visit),
    reason: visit.reason,
    ownerHsaId: visit.owner.hsa_id,
    kind: null,
    choice: { ombudId: visit.relations.ombud_id, primaryId: visit.relations.primary_contact_id },
  }
}

/** The usual lengths, and the visit's own when it is another. */
export function durationsOf(visit: Visit): number[] {
  return [...new Set([...USUAL_MINUTES, minutesOf(visit)])].sort((a, b) => a - b)
}

/** What is wrong with the time, if anything. */
export function timeFault({ day, time }: Form, nowMs: number): 'timeMissing' | 'timePast' | null {
  if (!isWhole(day, time)) return 'timeMissing'
  return Date.parse(momentOf(day, time)) < nowMs - MINUTE_MS ? 'timePast' : null
}

/** The request; `sequence` is the booking's that this person has seen, so that no one's change is lost. */
export function requestOf(form: Form, visit: Visit, sequence: number): Shape<'RescheduleVisit'> {
  return {
    sequence,
    // While a time is being written the visit's own stands in; it is not sent before the fault is put right.
    starts_at: isWhole(form.day, form.time) ? momentOf(form.day, form.time) : visit.starts_at,
    duration_minutes: form.durationMinutes,
    reason: form.reason.trim(),
    owner_hsa_id: form.ownerHsaId === visit.owner.hsa_id ? null : form.ownerHsaId,
    kind: form.kind,
    relations:
      form.kind === 'child' ? relationsOf(withPreselection(visit.patient, 'child', form.choice)) : [],
  }
}

/** Whether the visit stands as the form would have it: it has been moved already, by this very request or another's. */
export function isAsAsked(form: Form, visit: Visit): boolean {
  return (
    visit.actions.includes('reschedule') &&
    Date.parse(visit.starts_at) === Date.parse(momentOf(form.day, form.time)) &&
    minutesOf(visit) === form.durationMinutes &&
    visit.reason === form.reason.trim() &&
    visit.owner.hsa_id === form.ownerHsaId
  )
}

function isWhole(day: string, time: string): boolean {
  return isLocalDate(day) && /^\d{2}:\d{2}$/.test(time)
}

function minutesOf(visit: Visit): number {
  return Math.round((Date.parse(visit.ends_at) - Date.parse(visit.starts_at)) / MINUTE_MS)
}
