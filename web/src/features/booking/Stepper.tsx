import { Check } from 'lucide-preact'
import { t } from '../../i18n'
import { goTo, STEPS } from './steps'

/** Where one is in the wizard; the steps behind are ways back. */
export function Stepper({ index }: { index: number }) {
  return (
    <ol class="stepper" aria-label={t('booking.steps')}>
      {STEPS.map((step, place) => (
        <li
          key={step}
          aria-current={place === index ? 'step' : undefined}
          data-done={place < index || undefined}
        >
          <span class="stepper__mark" aria-hidden="true">
            {place < index ? <Check size={16} /> : place + 1}
          </span>
          {place < index ? (
            <button type="button" onClick={() => goTo(step)}>
              {t(`booking.step.${step}`)}
            </button>
          ) : (
            <span>{t(`booking.step.${step}`)}</span>
          )}
        </li>
      ))}
    </ol>
  )
}
