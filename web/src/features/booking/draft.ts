import { isLocalDate, type LocalDate, localDate, momentOf, nextQuarter } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { type Choice, NOTHING_CHOSEN } from '../relations/choice'
import type { Form } from './form'

export type Guest = Shape<'NewGuest'>
export type Language = Shape<'BookedPatient'>['language']

/** A patient of a group; `displayName` is empty until someone writes one (B8). */
export interface GroupMember {
  patientId: string
  displayName: string
}

/**
 * A booking being made. It stays in this tab through a reload; of a patient it holds the id alone, and what others of a
 * group shall call them. What one form asks is kept while another is looked at: the patient of an individual or team
 * visit, the relative, and the group stand side by side.
 * `requestId` lets the server book once, however often it is sent (B2).
 */
export interface Draft extends Choice {
  requestId: string
  form: Form
  patientId: string | null
  relativeId: string | null
  group: GroupMember[]
  /** By patient id; who is not here gets Swedish. */
  languages: Record<string, Language>
  /** The visit begins when it is booked; day, time and repetition are kept, but do not count. */
  startNow: boolean
  day: LocalDate
  /** `09:30`, local. */
  time: string
  durationMinutes: number
  repeats: boolean
  everyWeeks: number
  times: number
  reason: string
  /** HSA-ids of the colleagues added; the one who books is the owner. */
  staff: string[]
  guests: Guest[]
}

/** What was said of one patient, and is not true of the next. */
export const NOTHING_SAID: Pick<Draft, 'reason' | 'guests' | keyof Choice> = {
  reason: '',
  guests: [],
  ...NOTHING_CHOSEN,
}

export const DURATIONS_MINUTES = [15, 20, 30, 45, 60, 90]
const USUAL_MINUTES = 30
const USUAL_TIMES = 4

export function newDraft(nowMs: number, patientId: string | null = null): Draft {
  const { day, time } = nextQuarter(nowMs)
  return {
    requestId: crypto.randomUUID(),
    form: 'individual',
    patientId,
    relativeId: null,
    group: [],
    languages: {},
    startNow: false,
    day,
    time,
    durationMinutes: USUAL_MINUTES,
    repeats: false,
    everyWeeks: 1,
    times: USUAL_TIMES,
    staff: [],
    ...NOTHING_SAID,
  }
}

/** The one whom the visit is with; null of a group, and while nobody is chosen. */
export function personId(draft: Draft): string | null {
  if (draft.form === 'group') return null
  return draft.form === 'relative' ? draft.relativeId : draft.patientId
}

export function languageOf(draft: Draft, patientId: string): Language {
  return draft.languages[patientId] ?? 'sv'
}

/** Another form. A patient who is chosen already is the first one of a group that is empty. */
export function inForm(draft: Draft, form: Form): Partial<Draft> {
  const joins = form === 'group' && draft.group.length === 0 && draft.patientId !== null
  return joins ? { form, group: [{ patientId: draft.patientId ?? '', displayName: '' }] } : { form }
}

/** The local day that ages are counted on. */
export function dayOf(draft: Draft, nowMs: number): LocalDate {
  return draft.startNow ? localDate(nowMs) : draft.day
}

export type TimeFault = 'missing' | 'past' | null

/** What is wrong with the time, if anything. */
export function timeFault(draft: Draft, nowMs: number): TimeFault {
  if (draft.startNow) return null
  if (!isLocalDate(draft.day) || !/^\d{2}:\d{2}$/.test(draft.time)) return 'missing'
  return Date.parse(momentOf(draft.day, draft.time)) < nowMs - 60_000 ? 'past' : null
}
