import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatEntry, ChatLog } from '../../call/chat-log'
import { t } from '../../i18n'

const SHOWN_MS = 6_000

interface ChatToastProps {
  chat: ChatLog
  onOpen: () => void
}

/** Says for a moment what someone wrote while the panel was closed (C6). */
export function ChatToast({ chat, onOpen }: ChatToastProps) {
  const entry = useLatestUnread(chat)
  return (
    <div class="chat-toast" role="status" aria-live="polite">
      {entry !== null && (
        <button type="button" class="chat-toast__card" onClick={onOpen}>
          <span class="chat-toast__from">{t('call.chat.from', { name: entry.name })}</span>
          <span class="chat-toast__text">{entry.text}</span>
        </button>
      )}
    </div>
  )
}

function useLatestUnread({ entries, unread, open }: ChatLog): ChatEntry | null {
  const [shown, setShown] = useState<ChatEntry | null>(null)
  const seen = useRef(unread)
  useEffect(() => {
    const isNew = unread > seen.current
    seen.current = unread
    if (open) setShown(null)
    else if (isNew) setShown(entries.findLast(({ mine }) => !mine) ?? null)
  }, [entries, unread, open])
  useEffect(() => {
    if (shown === null) return undefined
    const timer = setTimeout(() => setShown(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])
  return shown
}
