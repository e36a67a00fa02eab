import { Pencil } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { phoneWords } from '../../i18n/phone'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { MaskedNumber } from '../../ui/MaskedNumber'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { ChangeContacts } from './ChangeContacts'
import './patients.css'

interface PatientCardProps {
  patient: Shape<'PatientView'>
  onChanged: (patient: Shape<'PatientView'>) => void
  /** The next step. */
  children?: ComponentChildren
}

/** A patient of the organisation, with contacts that can be changed. */
export function PatientCard({ patient, onChanged, children }: PatientCardProps) {
  const [changing, setChanging] = useState(false)
  const nameId = useId()
  const done = (changed: Shape<'PatientView'>) => {
    setChanging(false)
    onChanged(changed)
  }
  return (
    <section class="card patient-card" aria-labelledby={nameId}>
      {patient.protected && <ProtectedBadge />}
      <h2 id={nameId}>{`${patient.given_name} ${patient.family_name}`}</h2>
      <p class="patient-card__number">
        <span>{ageWords(patient.age)}</span>
        <MaskedNumber masked={patient.number_masked} reveal={() => fullNumber(patient.patient_id)} />
      </p>
      {changing ? (
        <ChangeContacts patient={patient} onDone={done} onCancel={() => setChanging(false)} />
      ) : (
        <>
          <PatientContacts patient={patient} />
          <div class="patient-card__actions">
            {children}
            <Button
              variant="tertiary"
              icon={<Pencil size={16} aria-hidden="true" />}
              onClick={() => setChanging(true)}
            >
              {t('patients.changeContacts')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function PatientContacts({ patient }: { patient: Shape<'PatientView'> }) {
  return (
    <dl class="facts">
      <div>
        <dt>{t('patients.phone')}</dt>
        <dd class="numbers">{phoneWords(patient.phone)}</dd>
      </div>
      <div>
        <dt>{t('patients.email')}</dt>
        <dd>{patient.email ?? t('patients.noEmail')}</dd>
      </div>
    </dl>
  )
}

/** The whole number; the server logs who asked. */
export async function fullNumber(patientId: string): Promise<string> {
  const path = { patient_id: patientId }
  const { number } = await answer(api.POST('/patients/{patient_id}/number', { params: { path } }))
  return number
}
