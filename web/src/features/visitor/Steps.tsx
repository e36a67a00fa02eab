import { Check } from 'lucide-preact'
import { t } from '../../i18n'
import type { View } from './use-visit'
import { wordsOf } from './words'

export type Step = 1 | 2 | 3

interface StepsProps {
  view: Pick<View, 'role' | 'form'>
  current: Step
  /** Large on the first page, a line on the others. */
  compact?: boolean
}

/** The three steps with ticks; each says in words that it is done. */
export function Steps({ view, current, compact = false }: StepsProps) {
  const names = [
    t(view.role === 'guest' ? 'visitor.stepName' : 'visitor.stepIdentify'),
    t('visitor.stepDevices'),
    t('visitor.stepWait'),
  ]
  return (
    <div class="steps-room">
      <ol
        class="steps"
        aria-label={t('visitor.steps', { context: wordsOf(view) })}
        data-compact={compact || undefined}
      >
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
    </div>
  )
}
