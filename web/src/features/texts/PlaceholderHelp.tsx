import { t } from '../../i18n'
import { sv } from '../../i18n/sv'

type Known = keyof typeof sv.texts.placeholder

interface PlaceholderHelpProps {
  field: { current: HTMLTextAreaElement | null }
  /** Their names without braces. */
  placeholders: readonly string[]
  onText: (text: string) => void
}

/** What is filled in when the message is sent; a click puts it where the cursor is. */
export function PlaceholderHelp({ field, placeholders, onText }: PlaceholderHelpProps) {
  const insert = (placeholder: string) => {
    const area = field.current
    if (area === null) return
    area.setRangeText(placeholder, area.selectionStart, area.selectionEnd, 'end')
    onText(area.value)
    area.focus()
  }
  return (
    <div class="placeholders">
      <p class="ds-label">{t('texts.placeholders')}</p>
      <ul class="placeholders__list">
        {placeholders.map((name) => (
          <li key={name}>
            <button
              type="button"
              class="placeholders__insert"
              aria-label={t('texts.insert', { name: `{${name}}`, meaning: meaningOf(name) })}
              onClick={() => insert(`{${name}}`)}
            >
              {`{${name}}`}
            </button>{' '}
            <span class="quiet">{meaningOf(name)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function meaningOf(name: string): string {
  return Object.hasOwn(sv.texts.placeholder, name) ? t(`texts.placeholder.${name as Known}`) : ''
}
