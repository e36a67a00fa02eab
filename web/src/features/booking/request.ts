import { isLocalDate, localDate, momentOf } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { relationsOf, withPreselection } from '../relations/choice'
import { type Draft, dayOf, type GroupMember, languageOf } from './draft'
import { RELATIVE_REASON } from './form'
import { type Kind, kindOn } from './kind'

type Patient = Shape<'PatientView'>
type Booking = Shape<'BookVisit'>

/**
 * The request; only for a draft whose people and time are chosen. `patient` is null of a group. The age on the visit's
 * day makes its kind (B4); a group and a relative's conversation are adults' (B7, B8).
 * `nowMs` is the moment that a visit which starts at once is dated by until the server does.
 */
export function bookingOf(
  draft: Draft,
  patient: Patient | null,
  childAgeLimit: number,
  nowMs: number,
): Booking {
  const kind = kindOf(draft, patient, childAgeLimit, nowMs)
  return {
    request_id: draft.requestId,
    form: draft.form,
    patients: patientsOf(draft, patient),
    starts_at: draft.startNow ? new Date(nowMs).toISOString() : momentOf(draft.day, draft.time),
    start_now: draft.startNow,
    duration_minutes: draft.durationMinutes,
    repeat: repeats(draft) ? { every_weeks: draft.everyWeeks, count: draft.times } : null,
    reason: draft.form === 'relative' ? RELATIVE_REASON : draft.reason.trim(),
    kind,
    staff: draft.staff,
    guests: draft.guests,
    relations: relationsIn(draft, patient, kind),
  }
}

/** By the age on the day; an adult's while nobody is chosen. */
export function kindOf(draft: Draft, patient: Patient | null, childAgeLimit: number, nowMs: number): Kind {
  if (draft.form === 'group' || draft.form === 'relative' || patient === null) return 'adult'
  return kindOn(patient.birth_date, dayOf(draft, nowMs), childAgeLimit)
}

/** Whether the booking is a series. */
export function repeats(draft: Draft): boolean {
  return draft.repeats && !draft.startNow
}

/** The day to count ages on while a day is being written. */
export function countedDay(draft: Draft, nowMs: number): string {
  const day = dayOf(draft, nowMs)
  return isLocalDate(day) ? day : localDate(nowMs)
}

function patientsOf(draft: Draft, patient: Patient | null): Booking['patients'] {
  const one: GroupMember[] = patient === null ? [] : [{ patientId: patient.patient_id, displayName: '' }]
  return (draft.form === 'group' ? draft.group : one).map(({ patientId, displayName }) => ({
    patient_id: patientId,
    display_name: displayName.trim(),
    language: languageOf(draft, patientId),
  }))
}

/** A child's ombud and primary contact, a youth's primary contact, and nothing of an adult. */
function relationsIn(draft: Draft, patient: Patient | null, kind: Kind): Booking['relations'] {
  if (kind === 'adult' || patient === null) return []
  return relationsOf(withPreselection(patient, kind, draft))
}
