import { useEffect, useState } from 'preact/hooks'
import { type ChatDoor, VisitChat } from '../../protocol/visit-chat'

/** A visit's chat while a page shows it. `keptAs` names the visit; another visit is another component. */
export function useVisitChat(door: () => ChatDoor, keptAs: string): VisitChat {
  const [chat] = useState(() => new VisitChat(door(), keptAs))
  const [, redraw] = useState({})
  useEffect(() => {
    chat.onChange(() => redraw({}))
    void chat.refresh()
    return () => chat.close()
  }, [chat])
  return chat
}
