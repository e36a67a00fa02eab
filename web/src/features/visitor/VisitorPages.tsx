import { useEffect, useState } from 'preact/hooks'
import { t, useLanguage } from '../../i18n'
import { ErrorCard } from '../../ui/ErrorCard'
import { lazyView } from '../../ui/LazyView'
import { Toasts } from '../../ui/toasts'
import { useTitle } from '../../ui/use-title'
import { ClosedPage } from './ClosedPage'
import { EndedPage } from './EndedPage'
import { wasLaunched } from './eid-launch'
import { NameStep } from './NameStep'
import { useVisit, type View, type VisitHandle } from './use-visit'
import { VisitorFrame } from './VisitorFrame'
import { Welcome } from './Welcome'

const loadIdentify = async () => (await import('./IdentifyStep')).IdentifyStep
const loadPresent = async () => (await import('./Present')).Present

// The first page shows at once on a slow phone; what follows is fetched while it is read.
const IdentifyStep = lazyView(loadIdentify)
const Present = lazyView(loadPresent)

/** Everything behind a link in an SMS or e-mail. */
export function VisitorPages() {
  useLanguage()
  useTitle(t('visitor.title'))
  const handle = useVisit()
  const { visit } = handle
  useEffect(() => {
    Promise.all([loadIdentify(), loadPresent()]).catch(() => undefined)
  }, [])
  return (
    <VisitorFrame {...(visit.state === 'open' && { orgName: visit.view.org_name })}>
      <Content handle={handle} />
      <Toasts />
    </VisitorFrame>
  )
}

function Content({ handle }: { handle: VisitHandle }) {
  const { visit, reload } = handle
  if (visit.state === 'opening')
    return (
      <p class="visitor__opening" role="status">
        <span class="spinner" aria-hidden="true" /> {t('visitor.opening')}
      </p>
    )
  if (visit.state === 'failed') return <ErrorCard problem={visit.problem} onRetry={reload} />
  if (visit.state === 'closed') return <ClosedPage reason={visit.reason} />
  return <Stage view={visit.view} handle={handle} />
}

/** Who is in the call, or says how it was, is not torn out of it by the end of the visit. */
function Stage({ view, handle }: { view: View; handle: VisitHandle }) {
  const [inCall, setInCall] = useState(false)
  if (view.stage === 'identify') return <Identify view={view} handle={handle} />
  if (view.stage === 'name') return <NameStep view={view} onEntered={handle.show} />
  if (view.stage === 'ended' && !inCall) return <EndedPage status={view.status} />
  return <Present view={view} handle={handle} onInCall={setInCall} />
}

function Identify({ view, handle }: { view: View; handle: VisitHandle }) {
  const [resume] = useState(() => handle.backFromEid || wasLaunched())
  const [started, setStarted] = useState(resume)
  if (!started) return <Welcome view={view} onIdentify={() => setStarted(true)} />
  return <IdentifyStep resume={resume} onComplete={handle.reload} onCancel={() => setStarted(false)} />
}
