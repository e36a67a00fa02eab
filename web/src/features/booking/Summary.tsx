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
import { RELATIVE_REASON } from './form'
import { GroupFact } from './GroupFact'
import { kindOf, repeats } from './request'
import { STEPS } from './steps'
import type { Group } from './use-group'

interface SummaryProps {
  draft: Draft
  patient: Shape<'PatientView'> | null
  group: Group
  colleagues: Shape<'Colleague'>[] | null
  /** The step that is open: what later steps ask is not shown as if it were decided. */
  index: number
}

/** The booking so far, always in sight. */
export function Summary({ draft, patient, group, colleagues, index }: SummaryProps) {
  const session = useSession()
  const added = colleagues?.filter((person) => draft.staff.includes(person.hsa_id)) ?? []
  const people = [session.name, ...added.map((person) => person.name)]
  const kind = kindOf(draft, patient, session.child_age_limit, Date.now())
  const timeReached = index >= STEPS.indexOf('tid')
  const peopleReached = index >= STEPS.indexOf('deltagare')
  const kindWords = timeReached && kind !== 'adult' ? `, ${t(`kind.${kind}`)}` : ''
  return (
    <aside class="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">{t('booking.summary')}</h2>
      <dl>
        <Fact label={t('booking.kind')}>{`${t(`form.${draft.form}`)}${kindWords}`}</Fact>
        <WhoFact draft={draft} patient={patient} group={group} />
        <Fact label={t('booking.step.tid')}>{timeReached && timeWords(draft)}</Fact>
        {repeats(draft) && timeReached && <Fact label={t('booking.repeats')}>{repeatWords(draft)}</Fact>}
        <Fact label={t('booking.reason')}>
          {draft.form === 'relative' ? RELATIVE_REASON : timeReached && draft.reason}
        </Fact>
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
      {draft.form === 'relative' && (
        <p class="notice" data-tone="warning">
          {t('booking.relativeByHand')}
        </p>
      )}
    </aside>
  )
}

/** The patient, the group, or the relative. */
function WhoFact({ draft, patient, group }: Pick<SummaryProps, 'draft' | 'patient' | 'group'>) {
  if (draft.form === 'group') {
    return (
      <Fact label={t('booking.group.title')}>
        {draft.group.length > 0 && <GroupFact members={draft.group} patients={group.patients} />}
      </Fact>
    )
  }
  return (
    <Fact label={t(draft.form === 'relative' ? 'booking.relative' : 'booking.step.patient')}>
      {patient !== null && <PatientFact patient={patient} />}
    </Fact>
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
  const length = t('booking.minutes', { number: draft.durationMinutes })
  if (draft.startNow) return t('booking.startsNow', { length })
  if (!isLocalDate(draft.day)) return ''
  return t('booking.dayAndTime', { day: longDay(draft.day), time: draft.time, length })
}

function repeatWords(draft: Draft): string {
  const every = t('booking.everyWeeksOption', { count: draft.everyWeeks })
  return t('booking.repeatWords', { every, number: draft.times })
}
