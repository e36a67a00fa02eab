import { useCallback, useState } from 'preact/hooks'
import { t, useLanguage } from '../../i18n'
import { answer, api } from '../../protocol/api'
import type { LiveMessage } from '../../protocol/live-messages'
import type { ChatDoor } from '../../protocol/visit-chat'
import { useVisitChat } from '../../ui/chat/use-visit-chat'
import { ErrorCard } from '../../ui/ErrorCard'
import { Toasts } from '../../ui/toasts'
import { useTitle } from '../../ui/use-title'
import { Admitted } from './Admitted'
import { ClosedPage } from './ClosedPage'
import { EndedPage } from './EndedPage'
import { IdentifyStep } from './IdentifyStep'
import { NameStep } from './NameStep'
import { useLiveVisit } from './use-live-visit'
import { useVisit, type View, type VisitHandle } from './use-visit'
import { VisitorFrame } from './VisitorFrame'
import { Welcome } from './Welcome'

/** Everything behind a link in an SMS or e-mail. */
export function VisitorPages() {
  useLanguage()
  useTitle(t('visitor.title'))
  const handle = useVisit()
  const { visit } = handle
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
  const [started, setStarted] = useState(handle.backFromEid)
  if (!started) return <Welcome view={view} onIdentify={() => setStarted(true)} />
  return (
    <IdentifyStep resume={handle.backFromEid} onComplete={handle.reload} onCancel={() => setStarted(false)} />
  )
}

const visitorChat = (): ChatDoor => ({
  read: () => answer(api.GET('/visitor/chat')),
  send: (body) => answer(api.POST('/visitor/chat', { body })),
})
const noChat = (): ChatDoor => ({ ...visitorChat(), read: async () => ({ messages: [] }) })

interface PresentProps {
  view: View
  handle: VisitHandle
  onInCall: (inCall: boolean) => void
}

function Present({ view, handle, onInCall }: PresentProps) {
  const { reload, close } = handle
  const chat = useVisitChat(
    view.may_chat ? visitorChat : noChat,
    `vardrum.visitor.chat.${view.participant_id}`,
  )
  const back = useCallback(() => {
    reload()
    void chat.refresh()
  }, [reload, chat])
  const said = useCallback(
    (message: LiveMessage & { type: 'chat.message' }) => chat.receive(message.message),
    [chat],
  )
  const lost = useLiveVisit(view.stage === 'admitted', {
    onChange: reload,
    onBack: back,
    onChat: said,
    onClosed: close,
  })
  return <Admitted view={view} chat={chat} lost={lost} onInCall={onInCall} onLeft={() => close('left')} />
}
