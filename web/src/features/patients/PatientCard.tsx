import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { answer, api, type Shape } from '../../protocol/api'
import { MaskedNumber } from '../../ui/MaskedNumber'
import { Tabs } from '../../ui/Tabs'
import { obstacleOf } from '../relations/choice'
import { GuardianList } from '../relations/GuardianList'
import { ObstacleNotice } from '../relations/ObstacleNotice'
import { FetchedLine } from './FetchedLine'
import { PatientContacts } from './PatientContacts'
import { PatientProblem } from './PatientProblem'
import { Protection } from './Protection'
import './patients.css'

interface PatientCardProps {
  patient: Shape<'PatientView'>
  onChanged: (patient: Shape<'PatientView'>) => void
  /** Asked to go on with this number: the person's newer identity. */
  onNumber: (number: string) => void
  isRelative?: boolean
  /** The next step; not for whom nothing can be booked. */
  children?: ComponentChildren
}

/** A patient of the organisation: the register's facts to be read, contacts and guardians' contacts to be written. */
export function PatientCard({
  patient,
  onChanged,
  onNumber,
  isRelative = false,
  children,
}: PatientCardProps) {
  const nameId = useId()
  const contacts = <PatientContacts patient={patient} isRelative={isRelative} onChanged={onChanged} />
  return (
    <section class="card patient-card" aria-labelledby={nameId}>
      <Protection person={patient} />
      <h2 id={nameId}>{`${patient.given_name} ${patient.family_name}`}</h2>
      <p class="patient-card__number">
        <span>{ageWords(patient.age)}</span>
        <MaskedNumber masked={patient.number_masked} reveal={() => fullNumber(patient.patient_id)} />
      </p>
      <FetchedLine patient={patient} onChanged={onChanged} />
      {patient.problem !== null && (
        <PatientProblem problem={patient.problem} referredTo={patient.referred_to} onNumber={onNumber} />
      )}
      {patient.kind === 'adult' ? (
        contacts
      ) : (
        <Tabs
          label={t('relations.tabs')}
          tabs={[
            { key: 'details', label: t('relations.details'), content: contacts },
            {
              key: 'relations',
              label: t('relations.title'),
              content: <GuardianList child={patient} onChanged={onChanged} />,
            },
          ]}
        />
      )}
      {patient.kind === 'child' && patient.problem === null && (
        <ObstacleNotice obstacle={obstacleOf(patient)} />
      )}
      {patient.problem === null && children !== undefined && (
        <div class="patient-card__actions">{children}</div>
      )}
    </section>
  )
}

/** The whole number; the server logs who asked. */
async function fullNumber(patientId: string): Promise<string> {
  const path = { patient_id: patientId }
  const { number } = await answer(api.POST('/patients/{patient_id}/number', { params: { path } }))
  return number
}
