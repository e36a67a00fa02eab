import { Mail, MessageSquare } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { MessageText } from '../../ui/MessageText'
import { SkeletonLine } from '../../ui/Skeleton'

type Message = Shape<'MessagePreview'>

const SHOWN_AT_FIRST = 2

/** What the participants will be told, as they will see it; one text for all who get the same. Null while it is read. */
export function ToldMessages({ messages }: { messages: readonly Message[] | null }) {
  const [all, setAll] = useState(false)
  const texts = messages === null ? [] : sameTogether(messages)
  const shown = all ? texts : texts.slice(0, SHOWN_AT_FIRST)
  const more = texts.length - shown.length
  return (
    <section class="told" aria-busy={messages === null || undefined}>
      <h3>{t('rebooking.told')}</h3>
      {messages === null && <TextSkeleton />}
      {messages?.length === 0 && <p class="quiet">{t('rebooking.toldNobody')}</p>}
      {shown.map(({ names, message }) => (
        <Text key={`${message.channel} ${message.text}`} names={names} message={message} />
      ))}
      {more > 0 && (
        <button type="button" class="link-button" onClick={() => setAll(true)}>
          {t('rebooking.moreTold', { count: more })}
        </button>
      )}
    </section>
  )
}

function Text({ names, message }: SameText) {
  const Icon = message.channel === 'sms' ? MessageSquare : Mail
  return (
    <div class="told__message">
      <p>
        <Icon size={18} aria-hidden="true" /> <strong>{names.join(', ')}</strong>{' '}
        <span class="quiet">{wayOf(message)}</span>
      </p>
      <MessageText channel={message.channel}>{message.text}</MessageText>
    </div>
  )
}

function TextSkeleton() {
  return (
    <div class="told__message" role="status" aria-label={t('rebooking.toldWaiting')}>
      <SkeletonLine width="10rem" />
      <MessageText channel="sms">
        <SkeletonLine width="16rem" />
        <SkeletonLine width="13rem" />
      </MessageText>
    </div>
  )
}

interface SameText {
  names: string[]
  message: Message
}

function sameTogether(messages: readonly Message[]): SameText[] {
  const byText = new Map<string, SameText>()
  for (const message of messages) {
    const key = `${message.channel} ${message.text}`
    const same = byText.get(key)
    if (same === undefined) byText.set(key, { names: [message.name], message })
    else same.names.push(message.name)
  }
  return [...byText.values()]
}

function wayOf({ channel, segments }: Message): string {
  return channel === 'email' ? t('rebooking.asEmail') : t('rebooking.asSms', { count: segments })
}
