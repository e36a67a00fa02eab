import { useCallback, useEffect, useState } from 'preact/hooks'
import { recallCall } from '../../call/call-memory'
import { answer, api } from '../../protocol/api'
import type { VisitChat } from '../../protocol/visit-chat'
import { sayProblem } from '../../ui/toasts'
import { AboutVisit } from './AboutVisit'
import { CallRequest } from './CallRequest'
import { DisplayNameStep } from './DisplayNameStep'
import { hasPassed, rememberPassed } from './passed-steps'
import { TestStep } from './TestStep'
import type { View, VisitHandle } from './use-visit'
import { memoryKeyOf, VisitorCall } from './VisitorCall'
import { WaitingRoom } from './WaitingRoom'
import { inWords, wordsOf } from './words'

interface AdmittedProps {
  view: View
  handle: VisitHandle
  chat: VisitChat
  lost: boolean
  /** Has gone to the waiting room, or came when it was time to. */
  waits: boolean
  onWait: () => void
  onInCall: (inCall: boolean) => void
}

/** What the waiting room says beside the status: what happened last. */
type Note = 'callWithdrawn' | 'afterCall'
type Screen = 'name' | 'about' | 'test' | 'wait' | 'devices' | 'call'

/** In the waiting room and what follows from it: test, wait, call, and back. */
export function Admitted(props: AdmittedProps) {
  const { view, handle, chat, lost, waits, onWait, onInCall } = props
  const { screen, note, declined, go, decline, next } = useScreen(view, waits)
  const requested = view.call?.requested === true
  useEffect(() => onInCall(screen === 'call'), [screen, onInCall])
  const leave = () => answer(api.POST('/visitor/leave')).then(() => handle.close('left'), sayProblem)

  if (screen === 'devices' || screen === 'call')
    return (
      <VisitorCall
        view={view}
        onJoined={() => go('call')}
        onDone={() => decline('wait', screen === 'call' ? 'afterCall' : null)}
      />
    )
  if (screen === 'name') return <DisplayNameStep view={view} handle={handle} onDone={next} />
  if (requested && !declined)
    return (
      <CallRequest
        clinicianName={view.clinician_name}
        onAnswer={() => go('devices')}
        onNotNow={() => decline(screen)}
      />
    )
  if (screen === 'about')
    return (
      <AboutVisit
        view={view}
        handle={handle}
        onWait={() => {
          onWait()
          next()
        }}
      />
    )
  if (screen === 'test') return <TestStep view={view} onDone={() => go('wait')} />
  return (
    <WaitingRoom
      view={view}
      chat={chat}
      lost={lost}
      note={note === null ? null : inWords(`visitor.${note}`, wordsOf(view))}
      onAnswer={() => go('devices')}
      onAbout={() => go('about')}
      onLeave={() => void leave()}
    />
  )
}

function useScreen(view: View, waits: boolean) {
  const [screen, setScreen] = useState<Screen>(() => firstScreen(view, waits))
  const [declined, setDeclined] = useState(false)
  const [note, setNote] = useState<Note | null>(null)
  const requested = view.call?.requested === true

  const go = useCallback(
    (to: Screen) => {
      if (screen === 'name' || screen === 'test') rememberPassed(view, screen)
      setNote(null)
      setScreen(to)
    },
    [view, screen],
  )
  // A request that was declined, or a call that was left, does not ring again until there is a new request.
  const decline = (to: Screen, about: Note | null = null) => {
    setDeclined(true)
    go(to)
    setNote(about)
  }
  const next = () => go(screen === 'name' ? afterName(view, waits) : afterAbout(view))
  useEffect(() => {
    if (requested) return setNote(null)
    setDeclined(false)
    setScreen((now) => (now === 'devices' ? 'wait' : now))
    setNote((before) => (screen === 'devices' ? 'callWithdrawn' : before))
  }, [requested, screen])
  return { screen, note, declined, go, decline, next }
}

function firstScreen(view: View, waits: boolean): Screen {
  if (recallCall(sessionStorage, memoryKeyOf(view)) !== null) return 'call'
  const isPatientOfGroup = view.group && view.role === 'patient'
  return isPatientOfGroup && !hasPassed(view, 'name') ? 'name' : afterName(view, waits)
}

function afterName(view: View, waits: boolean): Screen {
  return waits ? afterAbout(view) : 'about'
}

function afterAbout(view: View): Screen {
  return hasPassed(view, 'test') ? 'wait' : 'test'
}
