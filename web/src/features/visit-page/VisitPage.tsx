import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { answer, api } from '../../protocol/api'
import type { ApiProblem } from '../../protocol/problem'
import { useResource } from '../../protocol/use-resource'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorCard } from '../../ui/ErrorCard'
import { useTitle } from '../../ui/use-title'
import { InvitedVisit } from './InvitedVisit'
import { OpenVisit } from './OpenVisit'
import { VisitSkeleton } from './VisitSkeleton'
import './visit-page.css'
import './visit-people.css'
import './visit-talk.css'

/** Besökssidan: one visit, read and kept (S1-S5). Each visit is a page of its own. */
export function VisitPage({ visitId }: { visitId: string }) {
  const visit = useResource(visitId, () =>
    answer(api.GET('/visits/{visit_id}', { params: { path: { visit_id: visitId } } })),
  )
  const [endedId, setEndedId] = useState<string | null>(null)
  const time = visit.data === null ? '' : clockTime(visit.data.starts_at)
  useTitle(t('visitPage.title', { time }).trim())

  if (visit.data !== null && (endedId === visitId || isGone(visit.problem))) return <Ended />
  if (visit.data !== null) {
    const Page = visit.data.me.role === 'staff' ? OpenVisit : InvitedVisit
    return <Page key={visitId} visit={visit.data} resource={visit} onEnded={() => setEndedId(visitId)} />
  }
  if (visit.problem === null) return <VisitSkeleton />
  if (!isGone(visit.problem)) {
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

/** Said to someone who had the page open when they were taken out of the visit (G5). */
function Ended() {
  return (
    <EmptyState whole title={t('participants.endedTitle')}>
      <p>{t('participants.endedText')}</p>
      <Link class="ds-button" data-variant="secondary" href="/">
        {t('common.toStart')}
      </Link>
    </EmptyState>
  )
}

function isGone(problem: ApiProblem | null): boolean {
  return problem?.status === 404 || problem?.status === 403
}
