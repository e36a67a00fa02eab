import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n'
import { STEPS, type Step } from './steps'

interface StepHeadingProps {
  step: Step
  /** Takes the focus: the step was gone to from another one. */
  focused: boolean
}

/** What the step asks; its number is said where the row of steps is not seen. */
export function StepHeading({ step, focused }: StepHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (focused) heading.current?.focus({ preventScroll: true })
  }, [focused])
  return (
    <h2 ref={heading} class="step-heading" tabIndex={-1}>
      <span class="ds-sr-only">
        {t('booking.stepNumber', { number: STEPS.indexOf(step) + 1, count: STEPS.length })}{' '}
      </span>
      {t(`booking.stepTitle.${step}`)}
    </h2>
  )
}
