import { Mail, MessageSquare, X } from 'lucide-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Addition } from './draft'

interface AdditionsProps {
  additions: readonly Addition[]
  messages: readonly Shape<'MessagePreview'>[]
  onDrop: (key: string) => void
}

/** Who is to be invited, and what each will get, in the words they will see. */
export function Additions({ additions, messages, onDrop }: AdditionsProps) {
  if (additions.length === 0) return null
  return (
    <section class="additions" aria-labelledby="additions-title">
      <h3 id="additions-title">{t('participants.toInvite')}</h3>
      <p class="quiet">{t('participants.notSent')}</p>
      <ul class="additions__list">
        {additions.map((addition) => (
          <li key={addition.key} class="additions__person">
            <span class="additions__who">
              <strong>{addition.name}</strong> <span class="quiet">{wayOf(addition)}</span>
            </span>
            <button type="button" class="icon-button" onClick={() => onDrop(addition.key)}>
              <X size={18} aria-hidden="true" />
              <span class="ds-sr-only">{t('participants.dropFromList', { name: addition.name })}</span>
            </button>
          </li>
        ))}
      </ul>
      {messages.map((message) => (
        <Preview key={`${message.channel} ${message.name} ${message.text}`} message={message} />
      ))}
      {additions
        .filter((each) => each.kind === 'clinician')
        .map(({ key, name }) => (
          <p key={key}>{t('participants.onStartPage', { name })}</p>
        ))}
    </section>
  )
}

function Preview({ message }: { message: Shape<'MessagePreview'> }) {
  const Icon = message.channel === 'sms' ? MessageSquare : Mail
  const way = t(message.channel === 'sms' ? 'participants.asSms' : 'participants.asEmail')
  return (
    <div class="additions__preview">
      <p>
        <Icon size={18} aria-hidden="true" /> {t('participants.theyGet', { name: message.name })} {way}
      </p>
      <p class="additions__text" data-channel={message.channel}>
        {message.text}
      </p>
    </div>
  )
}

function wayOf(addition: Addition): string {
  if (addition.kind === 'guest') {
    const { phone, email, kind = 'other' } = addition.guest
    return [t(`participants.guestKind.${kind}`), phone || email].join(', ')
  }
  return t(addition.role === 'staff' ? 'participants.asStaff' : 'participants.asColleague')
}
