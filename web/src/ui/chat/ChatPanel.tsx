import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n'
import type { VisitChat } from '../../protocol/visit-chat'
import { ErrorCard } from '../ErrorCard'
import { StoredBubble, UnsentBubble } from './Bubbles'
import { Composer } from './Composer'
import './chat.css'

interface ChatPanelProps {
  chat: VisitChat
  /** My participant id: whose messages stand to the right. */
  me: string
  /** False: it can be read, and no longer written. */
  mayWrite: boolean
  /** The label of the field. */
  writeLabel: string
  /** Under which name this tab keeps the text being written. */
  keptAs: string
}

/** The visit chat: what was said, what is on its way, and the field to write in. */
export function ChatPanel({ chat, me, mayWrite, writeLabel, keptAs }: ChatPanelProps) {
  const { messages, unsent, problem } = chat.view
  const count = (messages?.length ?? 0) + unsent.length
  const end = useScrollToEnd(count)
  return (
    <div class="chat">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div class="chat__scroll" ref={end} tabIndex={0} role="log" aria-label={t('chat.title')}>
        {messages !== null && count === 0 && <p class="chat__empty">{t('chat.empty')}</p>}
        <ol class="chat__lines">
          {messages?.map((message) => (
            <StoredBubble key={message.message_id} message={message} mine={message.author_id === me} />
          ))}
          {unsent.map((message) => (
            <UnsentBubble
              key={message.message_id}
              message={message}
              onRetry={() => chat.retry()}
              onDiscard={() => chat.discard(message.message_id)}
            />
          ))}
        </ol>
        {problem !== null && messages === null && (
          <ErrorCard problem={problem} onRetry={() => void chat.refresh()} />
        )}
      </div>
      {mayWrite ? (
        <Composer label={writeLabel} keptAs={keptAs} onSend={(text) => chat.write(text)} />
      ) : (
        <p class="chat__closed">{t('chat.closed')}</p>
      )}
    </div>
  )
}

/** Follows new messages to the end, unless one has scrolled up to read. */
function useScrollToEnd(count: number) {
  const ref = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  useEffect(() => {
    const area = ref.current
    if (area === null) return undefined
    const scrolled = () => {
      following.current = area.scrollHeight - area.scrollTop - area.clientHeight < 80
    }
    area.addEventListener('scroll', scrolled, { passive: true })
    return () => area.removeEventListener('scroll', scrolled)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is what moves the view
  useEffect(() => {
    const area = ref.current
    if (area !== null && following.current) area.scrollTop = area.scrollHeight
  }, [count])
  return ref
}
