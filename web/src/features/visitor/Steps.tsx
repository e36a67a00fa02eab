import { Check } from 'lucide-preact'
import { t } from '../../i18n'
import type { View } from './use-visit'

export type Step = 1 | 2 | 3

interface StepsProps {
  role: View['role']
  current: Step
  /** Large on the first page, a line on the others. */
  compact?: boolean
}

/** The three steps with ticks; each says in words that it is done. */
export function Steps({ role, current, compact = false }: StepsProps) {
  const names = [
    t(role === 'guest' ? 'visitor.stepName' : 'visitor.stepIdentify'),
    t('visitor.stepDevices'),
    t('visitor.stepWait'),
  ]
  return (
    <ol class="steps" aria-label={t('visitor.steps')} data-compact={compact || undefined}>
      {names.map((name, index) => {
        const state = index + 1 < current ? 'done' : index + 1 === current ? 'current' : 'coming'
        return (
          <li
            key={name}
            class="steps__step"
            data-state={state}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span class="steps__mark" aria-hidden="true">
              {state === 'done' ? <Check size={18} /> : index + 1}
            </span>
            <span>
              {name}
              {state === 'done' && <span class="ds-sr-only">, {t('visitor.done')}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
