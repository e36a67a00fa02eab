import { useId, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorCard } from '../../ui/ErrorCard'
import { problemText } from '../../ui/problem-text'
import { say } from '../../ui/toasts'
import { PlaceholderHelp } from './PlaceholderHelp'
import { TextPreview } from './TextPreview'
import { readKey } from './text-key'
import { usePreview } from './use-preview'

const LONGEST_TEXT = 4_000

interface TextEditorProps {
  text: Shape<'TextView'>
  /** As it was left by Escape; undefined when nothing has been written. */
  written: string | undefined
  onWritten: (written: string) => void
  onSaved: (texts: Shape<'TextsView'>) => void
  /** Somebody else has saved this text meanwhile: it is to be read again. */
  onChangedElsewhere: () => void
  /** Done, or given up. */
  onClose: () => void
  /** Left by Escape, perhaps by mistake: what was written is there when it is opened again. */
  onLeave: () => void
}

/** One text, written with its receiver's view beside it; what cannot be sent is said before it is saved. */
export function TextEditor({ text, onSaved, onChangedElsewhere, onClose, ...props }: TextEditorProps) {
  const { reason, audience, channel } = readKey(text.key)
  const [first] = useState(text.text)
  const { written = first, onWritten: setWritten } = props
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const { preview, problem: refused } = usePreview(text.key, written)
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)

  const put = async (own: string | null, said: string) => {
    setBusy(true)
    setProblem(null)
    try {
      const body = { key: text.key, text: own, replaces: text.text }
      onSaved(await answer(api.PUT('/organisation/texts', { body })))
      say(said)
      onClose()
    } catch (thrown) {
      const found = asProblem(thrown)
      setProblem(found)
      setBusy(false)
      if (found.code === 'text_changed') onChangedElsewhere()
    }
  }
  const fault = [problem, refused].find((each) => each?.field === 'text') ?? null
  const other = [problem, refused].find((each) => each !== null && each !== fault) ?? null
  return (
    <Dialog
      title={t('texts.editTitle', {
        reason: t(`texts.reason.${reason}`),
        audience: t(`texts.audience.${audience}`).toLowerCase(),
      })}
      onClose={props.onLeave}
      actions={
        <>
          <Button variant="secondary" color="neutral" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button busy={busy} onClick={() => void put(written, t('texts.saved'))}>
            {t('texts.save')}
          </Button>
        </>
      }
    >
      <div class="text-editor">
        <div class="ds-field field">
          <label for={id} class="ds-label">
            {t('texts.text')}
          </label>
          <p id={`${id}-help`} class="field__description">
            {t('texts.textHelp')}
          </p>
          <textarea
            ref={field}
            id={id}
            class="ds-input text-editor__text"
            rows={channel === 'sms' ? 5 : 10}
            maxLength={LONGEST_TEXT}
            value={written}
            aria-invalid={fault !== null || undefined}
            aria-describedby={fault === null ? `${id}-help` : `${id}-error ${id}-help`}
            onInput={(event) => {
              setProblem(null)
              setWritten(event.currentTarget.value)
            }}
          />
          {fault !== null && (
            <p id={`${id}-error`} class="ds-validation-message field__error" role="alert">
              {problemText(fault)}
            </p>
          )}
        </div>
        <PlaceholderHelp field={field} placeholders={text.placeholders} onText={setWritten} />
        {other !== null && <ErrorCard problem={other} kept={t('texts.kept')} />}
        {text.text !== first && <Theirs text={text.text} />}
        {refused === null && <TextPreview channel={channel} preview={preview} />}
        {text.own && (
          <Button
            variant="tertiary"
            color="neutral"
            class="text-editor__reset"
            onClick={() => void put(null, t('texts.resetDone'))}
          >
            {t('texts.reset')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

/** What somebody else has saved while this was written. */
function Theirs({ text }: { text: string }) {
  return (
    <div class="notice text-editor__theirs" data-tone="warning" role="alert">
      <p>{t('texts.theirs')}</p>
      <blockquote>{text}</blockquote>
      <p>{t('texts.keptOver')}</p>
    </div>
  )
}
