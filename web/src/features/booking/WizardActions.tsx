import type { ComponentChildren } from 'preact'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { goTo, type Step } from './steps'

interface WizardActionsProps {
  back?: Step
  /** The step's one next step. */
  children: ComponentChildren
}

/** The way back, which loses nothing, and the next step. */
export function WizardActions({ back, children }: WizardActionsProps) {
  return (
    <div class="wizard-actions">
      {back !== undefined && (
        <Button class="wizard-actions__back" variant="secondary" color="neutral" onClick={() => goTo(back)}>
          {t('common.back')}
        </Button>
      )}
      {children}
    </div>
  )
}
