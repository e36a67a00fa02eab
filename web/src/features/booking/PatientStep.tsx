import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { PatientCard } from '../patients/PatientCard'
import { PatientFinder } from '../patients/PatientFinder'
import { type Draft, NOTHING_SAID } from './draft'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

interface PatientStepProps {
  draft: Draft
  patient: Resource<Shape<'PatientView'>>
  onChange: (changes: Partial<Draft>) => void
}

/** Who the visit is for. A new search lets go of the one chosen, and of what was said of them. */
export function PatientStep({ draft, patient, onChange }: PatientStepProps) {
  const [asked, setAsked] = useState<string | null>(null)
  const choose = (found: Shape<'PatientView'> | null) => {
    const patientId = found?.patient_id ?? null
    if (patientId !== draft.patientId) onChange({ patientId, ...NOTHING_SAID })
  }
  return (
    <>
      <PatientFinder onPatient={choose} asked={asked} />
      {patient.problem !== null && <ErrorCard problem={patient.problem} onRetry={patient.reload} />}
      {patient.data !== null && (
        <PatientCard
          key={patient.data.patient_id}
          patient={patient.data}
          onChanged={patient.replace}
          onNumber={setAsked}
        />
      )}
      {draft.patientId !== null && (patient.data?.problem ?? null) === null && (
        <WizardActions>
          <Button onClick={() => goTo('tid')}>{t('booking.next')}</Button>
        </WizardActions>
      )}
    </>
  )
}
