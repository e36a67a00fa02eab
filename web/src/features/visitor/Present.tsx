import { useCallback, useState } from 'preact/hooks'
import { answer, api } from '../../protocol/api'
import type { LiveMessage } from '../../protocol/live-messages'
import type { ChatDoor } from '../../protocol/visit-chat'
import { useVisitChat } from '../../ui/chat/use-visit-chat'
import { Admitted } from './Admitted'
import { isEarly } from './early'
import { hasPassed, rememberPassed } from './passed-steps'
import { useLiveVisit } from './use-live-visit'
import type { View, VisitHandle } from './use-visit'
import { useWatchedVisit } from './use-watched-visit'

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

/** Someone who has been let in: their presence, their chat, and where they are on the way. */
export function Present({ view, handle, onInCall }: PresentProps) {
  const { reload, close } = handle
  // Whoever looks long before the time does not wait yet, and staff is not told so.
  const [waits, setWaits] = useState(() => !isEarly(view, Date.now()) || hasPassed(view, 'about'))
  const admitted = view.stage === 'admitted'
  const chat = useVisitChat(
    view.may_chat ? visitorChat : noChat,
    `vardrum.visitor.chat.${view.participant_id}`,
  )
  const readAgain = useCallback(() => {
    void reload()
    void chat.refresh()
  }, [reload, chat])
  const said = useCallback(
    (message: LiveMessage & { type: 'chat.message' }) => chat.receive(message.message),
    [chat],
  )
  const lost = useLiveVisit(admitted && waits, {
    onChange: reload,
    onOpen: readAgain,
    onChat: said,
    onClosed: close,
  })
  useWatchedVisit(admitted && !waits, reload)
  return (
    <Admitted
      view={view}
      handle={handle}
      chat={chat}
      lost={lost}
      waits={waits}
      onWait={() => {
        rememberPassed(view, 'about')
        setWaits(true)
      }}
      onInCall={onInCall}
    />
  )
}
