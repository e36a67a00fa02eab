import { useCallback, useEffect, useState } from 'preact/hooks'
import { recallCall } from '../../call/call-memory'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import type { VisitChat } from '../../protocol/visit-chat'
import { sayProblem } from '../../ui/toasts'
import { CallRequest } from './CallRequest'
import { TestStep } from './TestStep'
import type { View } from './use-visit'
import { memoryKeyOf, VisitorCall } from './VisitorCall'
import { WaitingRoom } from './WaitingRoom'

interface AdmittedProps {
  view: View
  chat: VisitChat
  lost: boolean
  onInCall: (inCall: boolean) => void
  onLeft: () => void
}

/** What the waiting room says beside the status: what happened last. */
type Note = 'callWithdrawn' | 'afterCall'
type Screen = 'test' | 'wait' | 'devices' | 'call'

/** In the waiting room and what follows from it: test, wait, call, and back. */
export function Admitted({ view, chat, lost, onInCall, onLeft }: AdmittedProps) {
  const { screen, note, declined, go, decline } = useScreen(view)
  const requested = view.call?.requested === true
  useEffect(() => onInCall(screen === 'call'), [screen, onInCall])
  const leave = () => answer(api.POST('/visitor/leave')).then(onLeft, sayProblem)

  if (screen === 'devices' || screen === 'call')
    return (
      <VisitorCall
        view={view}
        onJoined={() => go('call')}
        onDone={() => decline('wait', screen === 'call' ? 'afterCall' : null)}
      />
    )
  if (requested && !declined)
    return (
      <CallRequest
        clinicianName={view.clinician_name}
        onAnswer={() => go('devices')}
        onNotNow={() => decline(screen)}
      />
    )
  if (screen === 'test') return <TestStep view={view} onDone={() => go('wait')} />
  return (
    <WaitingRoom
      view={view}
      chat={chat}
      lost={lost}
      note={note === null ? null : t(`visitor.${note}`)}
      onAnswer={() => go('devices')}
      onTest={() => go('test')}
      onLeave={() => void leave()}
    />
  )
}

function useScreen(view: View) {
  const tested = `vardrum.tested.${view.participant_id}`
  const [screen, setScreen] = useState<Screen>(() => firstScreen(view, tested))
  const [declined, setDeclined] = useState(false)
  const [note, setNote] = useState<Note | null>(null)
  const requested = view.call?.requested === true

  const go = useCallback(
    (next: Screen) => {
      if (next !== 'test') sessionStorage.setItem(tested, 'yes')
      setNote(null)
      setScreen(next)
    },
    [tested],
  )
  // A request that was declined, or a call that was left, does not ring again until there is a new request.
  const decline = (next: Screen, about: Note | null = null) => {
    setDeclined(true)
    go(next)
    setNote(about)
  }
  useEffect(() => {
    if (requested) return setNote(null)
    setDeclined(false)
    setScreen((now) => (now === 'devices' ? 'wait' : now))
    setNote((before) => (screen === 'devices' ? 'callWithdrawn' : before))
  }, [requested, screen])
  return { screen, note, declined, go, decline }
}

function firstScreen(view: View, tested: string): Screen {
  if (recallCall(sessionStorage, memoryKeyOf(view)) !== null) return 'call'
  return sessionStorage.getItem(tested) === null ? 'test' : 'wait'
}
