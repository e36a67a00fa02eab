import { SendHorizontal } from 'lucide-preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Call } from '../../call/call'
import { type ChatEntry, type ChatLog, MAX_TEXT_LENGTH } from '../../call/chat-log'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { SidePanel } from './SidePanel'

interface ChatPanelProps {
  call: Call
  chat: ChatLog
  onClose: () => void
}

/** The call's own chat (C6): inert text, gone when the call is. */
export function ChatPanel({ call, chat, onClose }: ChatPanelProps) {
  const end = useRef<HTMLDivElement>(null)
  const { length } = chat.entries
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line is scrolled to when it comes
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [length])
  return (
    <SidePanel title={t('call.chat.title')} onClose={onClose}>
      <p class="side-panel__about">{t('call.chat.about')}</p>
      <div class="call-chat" role="log" aria-label={t('call.chat.title')}>
        {length === 0 && <p class="call-chat__empty">{t('call.chat.empty')}</p>}
        {chat.entries.map((entry) => (
          <Line key={entry.clientId} entry={entry} onResend={() => call.chat.resend(entry.clientId)} />
        ))}
        <div ref={end} />
      </div>
      <Composer onSend={(text) => call.chat.write(text)} />
    </SidePanel>
  )
}

function Line({ entry, onResend }: { entry: ChatEntry; onResend: () => void }) {
  return (
    <div class="call-chat__line" data-mine={entry.mine || undefined}>
      <p class="call-chat__from">
        {entry.mine ? t('call.room.you') : entry.name} <time>{clockTime(entry.sentAtMs)}</time>
      </p>
      <p class="call-chat__text">{entry.text}</p>
      {entry.state === 'failed' && (
        <p class="call-chat__failed" role="alert">
          {t('call.chat.failed')}{' '}
          <button type="button" class="link-button" onClick={onResend}>
            {t('call.chat.again')}
          </button>
        </p>
      )}
    </div>
  )
}

function Composer({ onSend }: { onSend: (text: string) => void }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useEffect(() => {
    // On a phone the keyboard would cover what is to be read.
    if (window.matchMedia?.('(hover: hover)').matches) field.current?.focus()
  }, [])
  const send = () => {
    if (text.trim() === '') return
    onSend(text)
    setText('')
  }
  return (
    <form
      class="call-chat__composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label for={id} class="ds-sr-only">
        {t('call.chat.write')}
      </label>
      <textarea
        ref={field}
        id={id}
        class="ds-input"
        rows={2}
        maxLength={MAX_TEXT_LENGTH}
        placeholder={t('call.chat.write')}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button type="submit" class="icon-button" aria-label={t('call.chat.send')}>
        <SendHorizontal size={22} aria-hidden="true" />
      </button>
    </form>
  )
}
