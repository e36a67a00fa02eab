import { SendHorizontal } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { LONGEST_TEXT } from '../../protocol/visit-chat'

interface ComposerProps {
  label: string
  keptAs: string
  onSend: (text: string) => void
}

/** Enter sends, Shift+Enter makes a new line. What is being written survives a reload of the tab. */
export function Composer({ label, keptAs, onSend }: ComposerProps) {
  const id = useId()
  const [text, setText] = useState(() => sessionStorage.getItem(keptAs) ?? '')
  const write = (written: string) => {
    setText(written)
    if (written === '') sessionStorage.removeItem(keptAs)
    else sessionStorage.setItem(keptAs, written)
  }
  const send = () => {
    const trimmed = text.trim()
    if (trimmed === '') return
    onSend(trimmed)
    write('')
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label class="ds-sr-only" for={id}>
        {label}
      </label>
      <textarea
        id={id}
        class="ds-input"
        rows={2}
        maxLength={LONGEST_TEXT}
        placeholder={label}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button type="submit" class="composer__send" aria-disabled={text.trim() === '' || undefined}>
        <SendHorizontal size={20} aria-hidden="true" />
        {t('chat.send')}
      </button>
    </form>
  )
}
