import { useEffect, useState } from 'preact/hooks'
import { t, useLanguage } from '../../i18n'
import { lazyView } from '../../ui/LazyView'
import { problemText } from '../../ui/problem-text'
import { Toasts } from '../../ui/toasts'
import { useTitle } from '../../ui/use-title'
import { Again } from './Again'
import { ClosedPage } from './ClosedPage'
import { EndedPage } from './EndedPage'
import { launchedProvider } from './eid-launch'
import type { EidProvider } from './eid-provider'
import { Message } from './Message'
import { NameStep } from './NameStep'
import { useVisit, type View, type Visit, type VisitHandle } from './use-visit'
import { useVisitorLanguage } from './use-visitor-language'
import { useVisitorSettings, type VisitorSettings } from './use-visitor-settings'
import { VisitorFrame } from './VisitorFrame'
import { Welcome } from './Welcome'
import { type Words, wordsOf } from './words'

const loadIdentify = async () => (await import('./IdentifyStep')).IdentifyStep
const loadTest = async () => (await import('./EquipmentTest')).EquipmentTest
const loadPresent = async () => (await import('./Present')).Present

// The first page shows at once on a slow phone; what follows is fetched while it is read.
const IdentifyStep = lazyView(loadIdentify)
const EquipmentTest = lazyView(loadTest)
const Present = lazyView(loadPresent)

/** Everything behind a link in an SMS or e-mail. */
export function VisitorPages() {
  useLanguage()
  const handle = useVisit()
  useTitle(t('visitor.title', { context: contextOf(handle.visit) }))
  useVisitorLanguage(handle.visit)
  const settings = useVisitorSettings() // read beside the visit, for the first page to be whole at once
  const { visit } = handle
  const opening = visit.state === 'opening'
  useEffect(() => {
    if (!opening) Promise.all([loadIdentify(), loadPresent(), loadTest()]).catch(() => undefined)
  }, [opening])
  return (
    <VisitorFrame orgName={senderOf(visit)}>
      <Content handle={handle} settings={settings} />
      <Toasts />
    </VisitorFrame>
  )
}

function contextOf(visit: Visit): Words {
  if (visit.state === 'open') return wordsOf(visit.view)
  return visit.state === 'closed' && visit.about !== null ? wordsOf(visit.about) : 'visit'
}

function senderOf(visit: Visit): string | undefined {
  if (visit.state === 'open') return visit.view.org_name
  return visit.state === 'closed' ? visit.about?.orgName : undefined
}

function Content({ handle, settings }: { handle: VisitHandle; settings: VisitorSettings | null }) {
  const { visit, reload } = handle
  if (visit.state === 'opening')
    return (
      <p class="visitor__opening" role="status">
        <span class="spinner" aria-hidden="true" /> {t('visitor.opening')}
      </p>
    )
  if (visit.state === 'failed')
    return (
      <Message title={t('visitor.failedTitle')}>
        <p>{problemText(visit.problem)}</p>
        <Again onAgain={reload}>{t('common.tryAgain')}</Again>
      </Message>
    )
  if (visit.state === 'closed')
    return (
      <ClosedPage reason={visit.reason} about={visit.about} onAgain={reload} onTakeOver={handle.takeOver} />
    )
  return <Stage view={visit.view} handle={handle} settings={settings} />
}

interface StageProps {
  view: View
  handle: VisitHandle
  settings: VisitorSettings | null
}

/** Who is in the call, or says how it was, is not torn out of it by the end of the visit. */
function Stage({ view, handle, settings }: StageProps) {
  const [inCall, setInCall] = useState(false)
  if (view.stage === 'identify') return <Identify view={view} handle={handle} settings={settings} />
  if (view.stage === 'name')
    return <NameStep view={view} onEntered={handle.show} onRefused={handle.refused} reload={handle.reload} />
  if (view.stage === 'ended' && !inCall) return <EndedPage view={view} />
  return <Present view={view} handle={handle} onInCall={setInCall} />
}

function Identify({ view, handle, settings }: StageProps) {
  const [resumed] = useState(() => handle.backFromEid ?? launchedProvider())
  const [testing, setTesting] = useState(false)
  const [chosen, setChosen] = useState<{ provider: EidProvider; resume: boolean } | null>(
    resumed && { provider: resumed, resume: true },
  )
  if (testing) return <EquipmentTest onDone={() => setTesting(false)} />
  if (chosen === null)
    return (
      <Welcome
        view={view}
        providers={settings?.eid_providers ?? null}
        onIdentify={(provider) => setChosen({ provider, resume: false })}
        onTest={() => setTesting(true)}
        reload={handle.reload}
      />
    )
  return (
    <IdentifyStep
      {...chosen}
      settings={settings}
      onComplete={handle.reload}
      onRefused={handle.refused}
      onCancel={() => setChosen(null)}
    />
  )
}
