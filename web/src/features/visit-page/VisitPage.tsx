import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { answer, api } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorCard } from '../../ui/ErrorCard'
import { useTitle } from '../../ui/use-title'
import { OpenVisit } from './OpenVisit'
import { VisitSkeleton } from './VisitSkeleton'
import './visit-page.css'

/** Besökssidan: one visit, read and kept (S1-S5). Each visit is a page of its own. */
export function VisitPage({ visitId }: { visitId: string }) {
  const visit = useResource(visitId, () =>
    answer(api.GET('/visits/{visit_id}', { params: { path: { visit_id: visitId } } })),
  )
  const time = visit.data === null ? '' : clockTime(visit.data.starts_at)
  useTitle(t('visitPage.title', { time }).trim())

  if (visit.data !== null) return <OpenVisit key={visitId} visit={visit.data} resource={visit} />
  if (visit.problem === null) return <VisitSkeleton />
  if (visit.problem.status !== 404 && visit.problem.status !== 403) {
    return <ErrorCard problem={visit.problem} onRetry={visit.reload} />
  }
  return (
    <EmptyState whole title={t('visitPage.gone')}>
      <Link class="ds-button" data-variant="secondary" href="/">
        {t('common.toStart')}
      </Link>
    </EmptyState>
  )
}
