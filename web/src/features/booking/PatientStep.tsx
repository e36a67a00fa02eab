import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { PatientCard } from '../patients/PatientCard'
import { PatientFinder } from '../patients/PatientFinder'
import type { Draft } from './draft'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

interface PatientStepProps {
  draft: Draft
  patient: Resource<Shape<'PatientView'>>
  onChange: (changes: Partial<Draft>) => void
}

/** Who the visit is for. A patient already chosen stays until another is found. */
export function PatientStep({ draft, patient, onChange }: PatientStepProps) {
  const choose = (found: Shape<'PatientView'> | null) => {
    if (found !== null) onChange({ patientId: found.patient_id })
    else if (draft.patientId !== null) onChange({ patientId: null })
  }
  return (
    <>
      <PatientFinder onPatient={choose} />
      {patient.problem !== null && <ErrorCard problem={patient.problem} onRetry={patient.reload} />}
      {patient.data !== null && <PatientCard patient={patient.data} onChanged={patient.replace} />}
      {draft.patientId !== null && (
        <WizardActions>
          <Button onClick={() => goTo('tid')}>{t('booking.next')}</Button>
        </WizardActions>
      )}
    </>
  )
}
