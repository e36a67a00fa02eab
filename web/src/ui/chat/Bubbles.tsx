import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import type { Unsent } from '../../protocol/visit-chat'

interface StoredBubbleProps {
  message: Shape<'ChatMessageView'>
  mine: boolean
}

export function StoredBubble({ message, mine }: StoredBubbleProps) {
  return (
    <li class="bubble" data-mine={mine || undefined}>
      <p class="bubble__head">
        {mine ? t('chat.me') : message.author_name}{' '}
        <time dateTime={message.sent_at}>{clockTime(message.sent_at)}</time>
      </p>
      <p class="bubble__text">{message.text}</p>
    </li>
  )
}

interface UnsentBubbleProps {
  message: Unsent
  onRetry: () => void
  onDiscard: () => void
}

/** An own message on its way, with its state in words. */
export function UnsentBubble({ message, onRetry, onDiscard }: UnsentBubbleProps) {
  return (
    <li class="bubble" data-mine data-state={message.state}>
      <p class="bubble__head">{t(`chat.state.${message.state}`)}</p>
      <p class="bubble__text">{message.text}</p>
      {message.state !== 'sending' && (
        <p class="bubble__actions">
          <button type="button" onClick={onRetry}>
            {t('common.tryAgain')}
          </button>
          {message.state === 'refused' && (
            <button type="button" onClick={onDiscard}>
              {t('chat.discard')}
            </button>
          )}
        </p>
      )}
    </li>
  )
}
