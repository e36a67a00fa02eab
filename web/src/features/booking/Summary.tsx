import type { ComponentChildren } from 'preact'
import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { isLocalDate, longDay } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { ombudOf, withPreselection } from '../relations/choice'
import { guardianName } from '../relations/guardian-name'
import { useSession } from '../staff-shell/session'
import type { Draft } from './draft'
import { kindOn } from './kind'
import { STEPS } from './steps'

interface SummaryProps {
  draft: Draft
  patient: Shape<'PatientView'> | null
  colleagues: Shape<'Colleague'>[] | null
  /** The step that is open: what later steps ask is not shown as if it were decided. */
  index: number
}

/** The booking so far, always in sight. */
export function Summary({ draft, patient, colleagues, index }: SummaryProps) {
  const session = useSession()
  const added = colleagues?.filter((person) => draft.staff.includes(person.hsa_id)) ?? []
  const people = [session.name, ...added.map((person) => person.name)]
  const kind = kindOn(patient?.birth_date ?? null, draft.day, session.child_age_limit)
  const timeReached = index >= STEPS.indexOf('tid')
  const peopleReached = index >= STEPS.indexOf('deltagare')
  return (
    <aside class="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">{t('booking.summary')}</h2>
      <dl>
        <Fact label={t('booking.step.patient')}>{patient !== null && <PatientFact patient={patient} />}</Fact>
        <Fact label={t('booking.step.tid')}>{timeReached && timeWords(draft)}</Fact>
        {kind !== 'adult' && <Fact label={t('booking.kind')}>{timeReached && t(`kind.${kind}`)}</Fact>}
        <Fact label={t('booking.reason')}>{timeReached && draft.reason}</Fact>
        {kind === 'child' && (
          <Fact label={t('relations.ombud')}>
            {peopleReached && patient !== null && ombudWords(patient, draft)}
          </Fact>
        )}
        <Fact label={t('booking.staff')}>{peopleReached && people.join(', ')}</Fact>
        <Fact label={t('booking.guests')}>
          {peopleReached && (draft.guests.map((guest) => guest.name).join(', ') || t('booking.noGuests'))}
        </Fact>
      </dl>
    </aside>
  )
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  const empty = children === false || children === ''
  return (
    <div>
      <dt>{label}</dt>
      <dd class={empty ? 'quiet' : ''}>{empty ? '–' : children}</dd>
    </div>
  )
}

function PatientFact({ patient }: { patient: Shape<'PatientView'> }) {
  return (
    <>
      {patient.protected && <ProtectedBadge />}
      <span class="summary__name">{`${patient.given_name} ${patient.family_name}`}</span>
      <span class="quiet numbers">{`${patient.number_masked}, ${ageWords(patient.age)}`}</span>
    </>
  )
}

function ombudWords(patient: Shape<'PatientView'>, draft: Draft): string {
  const ombud = ombudOf(patient, withPreselection(patient, 'child', draft))
  return ombud === null ? '' : guardianName(ombud)
}

function timeWords(draft: Draft): string {
  if (!isLocalDate(draft.day)) return ''
  const length = t('booking.minutes', { number: draft.durationMinutes })
  return t('booking.dayAndTime', { day: longDay(draft.day), time: draft.time, length })
}
