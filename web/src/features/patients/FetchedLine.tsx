import { RefreshCw } from 'lucide-preact'
import { t } from '../../i18n'
import { fetchedTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useRefresh } from './use-refresh'

interface FetchedLineProps {
  patient: Shape<'PatientView'>
  onChanged: (patient: Shape<'PatientView'>) => void
}

/** When the register's facts were fetched, and Uppdatera, which fetches them anew (P3, P5). */
export function FetchedLine({ patient, onChanged }: FetchedLineProps) {
  const { refresh, busy, problem } = useRefresh(patient, onChanged)
  return (
    <>
      <p class="fetched">
        <span class="quiet">{t('patients.fetched', { time: fetchedTime(patient.fetched_at) })}</span>
        <Button
          variant="tertiary"
          busy={busy}
          icon={<RefreshCw size={16} aria-hidden="true" />}
          onClick={() => void refresh()}
        >
          {t('patients.refresh')}
        </Button>
      </p>
      {problem !== null && (
        <ErrorCard
          problem={problem}
          busy={busy}
          onRetry={problem.retryable ? () => void refresh() : undefined}
        />
      )}
    </>
  )
}
