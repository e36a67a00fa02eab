import { CircleAlert } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { t } from '../i18n'
import type { ApiProblem } from '../protocol/problem'
import { Button } from './Button'
import { problemText } from './problem-text'
import './states.css'

interface ErrorCardProps {
  problem: ApiProblem
  /** What was kept, when something could have been lost. */
  kept?: string
  onRetry?: (() => void) | undefined
  busy?: boolean
  children?: ComponentChildren
}

/** What happened, what was kept, and what to do. */
export function ErrorCard({ problem, kept, onRetry, busy = false, children }: ErrorCardProps) {
  return (
    <div class="error-card" role="alert">
      <CircleAlert size={20} aria-hidden="true" />
      <div>
        <p>{problemText(problem)}</p>
        {kept !== undefined && <p>{kept}</p>}
        {(onRetry !== undefined || children !== undefined) && (
          <div class="error-card__actions">
            {onRetry !== undefined && (
              <Button variant="secondary" color="neutral" busy={busy} onClick={onRetry}>
                {t('common.tryAgain')}
              </Button>
            )}
            {children}
          </div>
        )}
      </div>
    </div>
  )
}
