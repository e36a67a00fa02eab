import { Mail, MessageSquare } from 'lucide-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { MessageText } from '../../ui/MessageText'
import { SkeletonLine } from '../../ui/Skeleton'

type Message = Shape<'MessagePreview'>

/** Messages as their receivers will see them; null while they are read. */
export function MessageCards({ messages }: { messages: Message[] | null }) {
  if (messages === null) {
    return (
      <ul class="messages" aria-busy="true">
        <li class="message">
          <SkeletonLine width="10rem" />
          <MessageText channel="sms">
            <SkeletonLine width="16rem" />
            <SkeletonLine width="14rem" />
          </MessageText>
        </li>
      </ul>
    )
  }
  return (
    <ul class="messages">
      {messages.map((message) => (
        <li key={`${message.channel} ${message.name} ${message.text}`} class="message">
          <p class="message__to">
            <ChannelIcon channel={message.channel} />
            <strong>{message.name}</strong>
            <span class="quiet">{meta(message)}</span>
          </p>
          <MessageText channel={message.channel}>{message.text}</MessageText>
        </li>
      ))}
    </ul>
  )
}

function ChannelIcon({ channel }: Pick<Message, 'channel'>) {
  const Icon = channel === 'sms' ? MessageSquare : Mail
  return <Icon size={18} aria-hidden="true" />
}

function meta(message: Message): string {
  if (message.channel === 'email') return t('booking.asEmail')
  return t('booking.asSms', { count: message.segments })
}
