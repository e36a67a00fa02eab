import { Copy } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorCard } from '../../ui/ErrorCard'
import { copy } from '../../ui/toasts'
import { readable, type Summary, whyWords } from './words'

interface ReadDialogProps {
  message: Summary
  onClose: () => void
}

/** One message word for word: said to be logged before it is read, for it holds a patient's data (S6). */
export function ReadDialog({ message, onClose }: ReadDialogProps) {
  const [whole, setWhole] = useState<Shape<'WholeMessage'> | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const read = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const path = { message_id: message.message_id }
      setWhole(await answer(api.POST('/integration/messages/{message_id}/read', { params: { path } })))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t(whole === null ? 'integration.readTitle' : 'integration.wholeTitle')}
      onClose={onClose}
      actions={
        <>
          <Button variant="secondary" color="neutral" onClick={onClose}>
            {t(whole === null ? 'common.cancel' : 'common.close')}
          </Button>
          {whole === null ? (
            <Button busy={busy} onClick={() => void read()}>
              {t('integration.readConfirm')}
            </Button>
          ) : (
            <Button
              icon={<Copy size={18} aria-hidden="true" />}
              onClick={() => void copy(readable(whole.body))}
            >
              {t('integration.copyBody')}
            </Button>
          )}
        </>
      }
    >
      <div class="whole-message">
        {whole === null && <p>{t('integration.readWarning')}</p>}
        {problem !== null && <ErrorCard problem={problem} />}
        {whole !== null && <Whole whole={whole} />}
      </div>
    </Dialog>
  )
}

function Whole({ whole }: { whole: Shape<'WholeMessage'> }) {
  const why = whyWords(whole.summary)
  return (
    <>
      <p role="status">{t('integration.logged')}</p>
      <p>
        <strong>{t(`integration.outcomes.${whole.summary.outcome}`)}</strong>
        {why !== '' && `. ${why}`}
      </p>
      {whole.replay_of !== null && <p class="quiet">{t('integration.replayOf')}</p>}
      <textarea
        class="ds-input whole-message__body"
        readOnly
        rows={14}
        spellcheck={false}
        aria-label={t('integration.asReceived')}
        value={readable(whole.body)}
      />
    </>
  )
}
