import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'

interface PatientProblemProps {
  problem: NonNullable<Shape<'PatientView'>['problem']>
  referredTo: string | null
  onNumber: (number: string) => void
}

/** Why nothing can be booked, and the newer identity to go on with, where there is one (P5). */
export function PatientProblem({ problem, referredTo, onNumber }: PatientProblemProps) {
  return (
    <div class="notice" data-tone="warning" role="alert">
      <p>{t(`problems.${problem}`)}</p>
      {referredTo !== null && (
        <>
          <p class="numbers">{t('patients.newIdentity', { number: referredTo })}</p>
          <Button variant="secondary" onClick={() => onNumber(referredTo)}>
            {t('patients.useNewIdentity')}
          </Button>
        </>
      )}
    </div>
  )
}
