import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { sv } from '../../i18n/sv'
import { answer, api, type Shape } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useLeaveWarning } from '../../ui/leave-warning'
import { SkeletonLine } from '../../ui/Skeleton'
import { useTitle } from '../../ui/use-title'
import { TextEditor } from './TextEditor'
import { type Channel, type Language, type Reason, readKey } from './text-key'
import './texts.css'

type Text = Shape<'TextView'>

const REASONS = Object.keys(sv.texts.reason) as Reason[]

/** Meddelandetexter: every text that goes out, each the organisation's own or the product's, for administrators (B10, O1). */
export function TextsPage() {
  useTitle(t('texts.title'))
  const texts = useResource('texts', () => answer(api.GET('/organisation/texts')))
  const [language, setLanguage] = useState<Language>('sv')
  const [channel, setChannel] = useState<Channel>('sms')
  const [editedKey, setEditedKey] = useState<string | null>(null)
  const [left, setLeft] = useState<Record<string, string>>({})
  useLeaveWarning(Object.keys(left).length > 0)
  const edited = texts.data?.texts.find(({ key }) => key === editedKey)
  const shown = (texts.data?.texts ?? []).filter((text) => {
    const key = readKey(text.key)
    return key.language === language && key.channel === channel
  })
  return (
    <div class="texts">
      <div>
        <h1 class="page-title">{t('texts.title')}</h1>
        <p class="quiet">{t('texts.intro')}</p>
      </div>
      <div class="texts__choices">
        <Choice
          label={t('texts.channel')}
          value={channel}
          options={[
            ['sms', t('texts.channels.sms')],
            ['email', t('texts.channels.email')],
          ]}
          onValue={setChannel}
        />
        <Choice
          label={t('texts.language')}
          value={language}
          options={[
            ['sv', t('texts.languages.sv')],
            ['en', t('texts.languages.en')],
          ]}
          onValue={setLanguage}
        />
      </div>
      {texts.problem !== null && <ErrorCard problem={texts.problem} onRetry={texts.reload} />}
      {texts.data === null && texts.problem === null && <TextsSkeleton />}
      {REASONS.map((reason) => (
        <TextsOfReason
          key={reason}
          reason={reason}
          texts={shown.filter(({ key }) => readKey(key).reason === reason)}
          onEdit={({ key }) => setEditedKey(key)}
        />
      ))}
      {edited !== undefined && (
        <TextEditor
          key={edited.key}
          text={edited}
          onSaved={texts.replace}
          onChangedElsewhere={texts.reload}
          written={left[edited.key]}
          onWritten={(written) => setLeft({ ...left, [edited.key]: written })}
          onLeave={() => setEditedKey(null)}
          onClose={() => {
            setEditedKey(null)
            setLeft(Object.fromEntries(Object.entries(left).filter(([key]) => key !== edited.key)))
          }}
        />
      )}
    </div>
  )
}

interface TextsOfReasonProps {
  reason: Reason
  texts: readonly Text[]
  onEdit: (text: Text) => void
}

function TextsOfReason({ reason, texts, onEdit }: TextsOfReasonProps) {
  const id = useId()
  if (texts.length === 0) return null
  return (
    <section class="texts__reason" aria-labelledby={id}>
      <h2 id={id}>{t(`texts.reason.${reason}`)}</h2>
      <ul class="texts__list">
        {texts.map((text) => (
          <TextRow key={text.key} text={text} onEdit={() => onEdit(text)} />
        ))}
      </ul>
    </section>
  )
}

function TextRow({ text, onEdit }: { text: Text; onEdit: () => void }) {
  const { reason, audience } = readKey(text.key)
  const whom = t(`texts.audience.${audience}`)
  const what = t(`texts.reason.${reason}`)
  return (
    <li class="text-row">
      <div class="text-row__head">
        <h3>{whom}</h3>
        <span class="chip" data-own={text.own || undefined}>
          {t(text.own ? 'texts.own' : 'texts.builtIn')}
        </span>
      </div>
      <p class="text-row__text">{text.text}</p>
      <Button
        variant="secondary"
        color="neutral"
        aria-label={t('texts.changeNamed', { what: what.toLowerCase(), whom: whom.toLowerCase() })}
        onClick={onEdit}
      >
        {t('texts.change')}
      </Button>
    </li>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  options: readonly (readonly [value: Value, label: string])[]
  onValue: (value: Value) => void
}

function Choice<Value extends string>({ label, value, options, onValue }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset class="texts__choice">
      <legend class="ds-label">{label}</legend>
      {options.map(([each, text]) => (
        <label key={each}>
          <input
            class="ds-input"
            type="radio"
            name={name}
            checked={each === value}
            onChange={() => onValue(each)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  )
}

function TextsSkeleton() {
  return (
    <div class="texts__reason" aria-busy="true" role="status" aria-label={t('common.loading')}>
      <SkeletonLine width="9rem" />
      <div class="texts__list">
        {[1, 2, 3, 4].map((row) => (
          <div key={row} class="text-row">
            <SkeletonLine width="8rem" />
            <SkeletonLine width="90%" />
            <SkeletonLine width="5rem" />
          </div>
        ))}
      </div>
    </div>
  )
}
