import type { ComponentChildren } from 'preact'
import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { phoneWords } from '../../i18n/phone'
import type { Shape } from '../../protocol/api'
import { MaskedNumber } from '../../ui/MaskedNumber'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { Deliveries } from '../participants/Deliveries'
import { LostCount } from './LostCount'
import { PersonState } from './PersonState'
import { revealNumber } from './reveal-number'

type Visit = Shape<'VisitView'>

interface GroupPanelProps {
  visit: Visit
  /** What can be done about them: above the list, which is long. */
  children?: ComponentChildren
}

/** A group's patients, of whom staff see all and they one another's display name alone (B8). */
export function GroupPanel({ visit, children }: GroupPanelProps) {
  const here = visit.participants.filter(
    ({ role, presence }) => role === 'patient' && presence.state !== 'invited' && presence.state !== 'away',
  )
  const count = visit.patients.length
  return (
    <div class="panel">
      <h2>{t('visitPage.group', { count })}</h2>
      <p class="quiet" role="status">
        {t('visitPage.groupHere', { here: here.length, count })}
      </p>
      <LostCount people={visit.participants.filter(({ role }) => role === 'patient')} />
      {children}
      <ul class="participants" aria-live="polite">
        {visit.patients.map((patient) => (
          <GroupPatient key={patient.participant_id} visit={visit} patient={patient} />
        ))}
      </ul>
    </div>
  )
}

function GroupPatient({ visit, patient }: { visit: Visit; patient: Shape<'PatientOfVisit'> }) {
  const person = visit.participants.find(({ participant_id: id }) => id === patient.participant_id)
  return (
    <li class="participant group-patient" data-presence={person?.presence.state}>
      <PatientName patient={patient} />
      {person !== undefined && <PersonState visit={visit} person={person} />}
      <span class="participant__role">{t('visitPage.shownAs', { name: patient.display_name })}</span>
      {patient.number_masked !== '' && (
        <MaskedNumber masked={patient.number_masked} reveal={() => revealNumber(patient.patient_id)} />
      )}
      <Contact patient={patient} />
      {person !== undefined && visit.me.role === 'staff' && <Deliveries person={person} />}
    </li>
  )
}

/** A protected patient's name stands in no list before it is asked for (P5). */
function PatientName({ patient }: { patient: Shape<'PatientOfVisit'> }) {
  const name = (
    <span class="participant__name">
      {patient.name} <span class="quiet">{ageWords(patient.age)}</span>
    </span>
  )
  if (!patient.protected) return name
  return (
    <>
      <ProtectedBadge />
      <details class="deliveries">
        <summary>{t('visitPage.showName')}</summary>
        {name}
      </details>
    </>
  )
}

function Contact({ patient: { phone, email } }: { patient: Shape<'PatientOfVisit'> }) {
  const ways = [phoneWords(phone), email ?? ''].filter(Boolean)
  return ways.length === 0 ? null : <span class="group-patient__contact numbers">{ways.join(', ')}</span>
}
