import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import { LiveSocket } from '../../protocol/live'
import type { LiveMessage } from '../../protocol/live-messages'
import { ConnectionLine } from '../../ui/ConnectionLine'
import { leaveFor } from '../../ui/leave-warning'
import { toLogin } from './session'

const Live = createContext<LiveSocket | null>(null)

/** One live socket for the staff pages, and the line that says when it is lost. */
export function LiveProvider({ children }: { children: ComponentChildren }) {
  const [socket] = useState(() => new LiveSocket('staff'))
  const [lost, setLost] = useState(false)
  useEffect(() => {
    socket.onState((state) => setLost(state === 'lost'))
    socket.onMessage((message) => {
      if (message.type === 'session.ended') leave(message.reason)
    })
    socket.open()
    return () => socket.close()
  }, [socket])

  return (
    <Live.Provider value={socket}>
      {children}
      <ConnectionLine lost={lost} />
    </Live.Provider>
  )
}

/** Where a page goes whose session has ended; on another commission it begins anew, for what it shows may be nothing there. */
function leave(reason: string): void {
  if (reason === 'switched') leaveFor('/')
  else toLogin('ended')
}

/** Hears each live message, and `onOpen` when the connection opens, first or again: something may have been missed. */
export function useLive(onMessage: (message: LiveMessage) => void, onOpen: () => void): void {
  const socket = useContext(Live)
  const handlers = useRef({ onMessage, onOpen })
  handlers.current = { onMessage, onOpen }
  useEffect(() => {
    const stopMessages = socket?.onMessage((message) => handlers.current.onMessage(message))
    const stopStates = socket?.onState((state) => {
      if (state === 'open') handlers.current.onOpen()
    })
    return () => {
      stopMessages?.()
      stopStates?.()
    }
  }, [socket])
}

/** Asks for one visit's messages while the page is open. */
export function useWatch(visitId: string): void {
  const socket = useContext(Live)
  useEffect(() => socket?.watch(visitId), [socket, visitId])
}
