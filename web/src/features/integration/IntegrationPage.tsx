import { Inbox } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { localDate } from '../../i18n/time'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorCard } from '../../ui/ErrorCard'
import { useTitle } from '../../ui/use-title'
import { FilterForm } from './FilterForm'
import { MessageSkeleton, MessageTable } from './MessageTable'
import { ReadDialog } from './ReadDialog'
import { ReplayDialog } from './ReplayDialog'
import { type Filters, useMessages } from './use-messages'
import type { Summary } from './words'
import './integration.css'

type Doing = { what: 'read' | 'replay'; message: Summary } | null

function today(): Filters {
  const day = localDate(Date.now())
  return { fromDay: day, toDay: day, outcome: '', bookingId: '' }
}

/** Integration: what came in from booking systems and what became of it, for administrators and support (V1). */
export function IntegrationPage() {
  useTitle(t('integration.title'))
  const [start] = useState(today)
  const [doing, setDoing] = useState<Doing>(null)
  const log = useMessages(start)
  const { found, problem } = log
  const close = () => setDoing(null)
  return (
    <div class="integration">
      <div>
        <h1 class="page-title">{t('integration.title')}</h1>
        <p class="quiet">{t('integration.intro')}</p>
      </div>
      <FilterForm start={start} problem={problem} onSearch={log.search} />
      {problem !== null && problem.field !== 'from_day' && (
        <ErrorCard problem={problem} onRetry={log.again} busy={log.busy} />
      )}
      {found === null && problem === null && <MessageSkeleton />}
      {found !== null && (
        <>
          <p class="ds-sr-only" role="status">
            {t('integration.count', { count: found.messages.length })}
          </p>
          {found.messages.length > 0 && (
            <MessageTable
              messages={found.messages}
              onRead={(message) => setDoing({ what: 'read', message })}
              onReplay={(message) => setDoing({ what: 'replay', message })}
            />
          )}
          {found.messages.length === 0 && (
            <EmptyState icon={<Inbox size={32} aria-hidden="true" />} title={t('integration.empty')}>
              <p>{t('integration.emptyText')}</p>
            </EmptyState>
          )}
          {found.more && <p class="quiet">{t('integration.more')}</p>}
        </>
      )}
      {doing?.what === 'read' && <ReadDialog message={doing.message} onClose={close} />}
      {doing?.what === 'replay' && (
        <ReplayDialog message={doing.message} onReplayed={log.again} onClose={close} />
      )}
    </div>
  )
}
