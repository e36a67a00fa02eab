import { FileText, ScrollText } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime, localDate } from '../../i18n/time'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorCard } from '../../ui/ErrorCard'
import { useTitle } from '../../ui/use-title'
import { FilterForm } from './FilterForm'
import { LogSkeleton, LogTable } from './LogTable'
import { type Filters, useLog } from './use-log'
import './access-log.css'

function today(): Filters {
  const day = localDate(Date.now())
  return { fromDay: day, toDay: day, user: '', number: '', visit: '', action: '', result: '' }
}

/** Åtkomstlogg: what was done with patients' data, for administrators (S6). */
export function AccessLogPage() {
  useTitle(t('audit.title'))
  const [start] = useState(today)
  const log = useLog(start)
  const { found, problem } = log
  const ofField = problem?.field === 'from_day' || problem?.field === 'identity_number'
  return (
    <div class="access-log">
      <div class="access-log__head">
        <div>
          <h1 class="page-title">{t('audit.title')}</h1>
          <p class="quiet">{t('audit.intro')}</p>
        </div>
        <Link href="/logg/utdrag" class="ds-button" data-variant="secondary" data-color="neutral">
          <FileText size={18} aria-hidden="true" />
          {t('audit.toExtract')}
        </Link>
      </div>
      <FilterForm start={start} problem={problem} onSearch={log.search} onSample={log.sample} />
      {problem !== null && !ofField && <ErrorCard problem={problem} onRetry={log.again} busy={log.busy} />}
      {found === null && problem === null && <LogSkeleton />}
      {found !== null && (
        <section class="access-log__found" aria-label={t(log.sampled ? 'audit.sampleTitle' : 'audit.list')}>
          {log.sampled && <p class="notice">{t('audit.sampleIntro')}</p>}
          <p class="ds-sr-only" role="status">
            {t('audit.count', { count: found.entries.length })}
          </p>
          {found.entries.length > 0 && <LogTable entries={found.entries} />}
          {found.entries.length === 0 && (
            <EmptyState icon={<ScrollText size={32} aria-hidden="true" />} title={t('audit.empty')}>
              <p>{t('audit.emptyText')}</p>
            </EmptyState>
          )}
          {found.cursor !== null && (
            <div class="access-log__more">
              {found.searchedTo !== null && <p class="quiet">{searchedWords(found.searchedTo)}</p>}
              <Button variant="secondary" color="neutral" busy={log.busy} onClick={log.more}>
                {t('audit.more')}
              </Button>
            </div>
          )}
        </section>
      )}
    </div>
  )
}

function searchedWords(at: string): string {
  return t('audit.searchedTo', { day: localDate(at), time: clockTime(at) })
}
