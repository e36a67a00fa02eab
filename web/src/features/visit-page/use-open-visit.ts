import type { Shape } from '../../protocol/api'
import type { LiveMessage } from '../../protocol/live-messages'
import type { Resource } from '../../protocol/use-resource'
import { staffChat } from '../../protocol/visit-chat'
import { useVisitChat } from '../../ui/chat/use-visit-chat'
import { useLive, useWatch } from '../staff-shell/live'
import { useCallWindow } from './use-call-window'
import { useNewestVisit } from './use-newest-visit'

type News = LiveMessage & { visit_id: string }

interface Listeners {
  /** This person was taken out of the visit (G5). */
  onEnded: () => void
  onNews?: (news: News) => void
  /** The connection is open, first or again. */
  onOpen?: () => void
}

/** What every open visit page has: its chat, its call's window, and the visit kept at its newest version, live. */
export function useOpenVisit(
  visit: Shape<'VisitView'>,
  resource: Resource<Shape<'VisitView'>>,
  { onEnded, onNews, onOpen }: Listeners,
) {
  const id = visit.visit_id
  const chat = useVisitChat(() => staffChat(id), `vardrum.chat.${id}`)
  const call = useCallWindow(id)
  const { told, watching, changed } = useNewestVisit(visit, resource)
  useWatch(id)

  const hear = (message: LiveMessage) => {
    if (!('visit_id' in message) || message.visit_id !== id) return
    if (message.type === 'participation.ended') return onEnded()
    if (message.type === 'visit.changed') told(message.version)
    if (message.type === 'watching') watching(message.version)
    if (message.type === 'delivery.changed') resource.reload()
    if (message.type === 'chat.message') chat.receive(message.message)
    if (message.type === 'watching') void chat.refresh()
    onNews?.(message)
  }
  useLive(hear, () => onOpen?.())
  return { chat, call, changed }
}
