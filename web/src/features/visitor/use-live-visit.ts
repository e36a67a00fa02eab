import { useEffect, useState } from 'preact/hooks'
import { LiveSocket } from '../../protocol/live'
import type { LiveMessage } from '../../protocol/live-messages'
import type { ClosedReason } from './use-visit'

interface LiveVisit {
  onChange: () => void
  /** The connection is open, first or again: something may have been missed. */
  onOpen: () => void
  onChat: (message: LiveMessage & { type: 'chat.message' }) => void
  onClosed: (reason: ClosedReason) => void
}

const CLOSED_BY: Readonly<Record<string, ClosedReason>> = {
  replaced: 'replaced',
  removed: 'removed',
  logged_out: 'left',
}

/** The open socket is the visitor's presence in the waiting room (S7). Returns whether the connection is lost now. */
export function useLiveVisit(present: boolean, { onChange, onOpen, onChat, onClosed }: LiveVisit): boolean {
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (!present) return undefined
    const live = new LiveSocket('visitor')
    live.onMessage((message) => {
      if (message.type === 'visit.changed') onChange()
      if (message.type === 'chat.message') onChat(message)
      if (message.type !== 'session.ended') return
      const reason = CLOSED_BY[message.reason]
      if (reason === undefined) onChange()
      else onClosed(reason)
    })
    live.onState((state) => {
      setLost(state === 'lost')
      if (state === 'open') onOpen()
    })
    live.open()
    return () => live.close()
  }, [present, onChange, onOpen, onChat, onClosed])
  return lost
}
