import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorCard } from '../../ui/ErrorCard'
import { say } from '../../ui/toasts'
import { type Summary, whyWords } from './words'

interface ReplayDialogProps {
  message: Summary
  onReplayed: () => void
  onClose: () => void
}

/** Kör igen: what it means, then what became of it this time (V1). */
export function ReplayDialog({ message, onReplayed, onClose }: ReplayDialogProps) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const replay = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const path = { message_id: message.message_id }
      const after = await answer(api.POST('/integration/messages/{message_id}/replay', { params: { path } }))
      const outcome = t(`integration.outcomes.${after.outcome}`)
      say([t('integration.replayed', { outcome }), whyWords(after)].filter(Boolean).join('. '))
      onReplayed()
      onClose()
    } catch (thrown) {
      setProblem(asProblem(thrown))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('integration.replayTitle')}
      onClose={onClose}
      actions={
        <>
          <Button variant="secondary" color="neutral" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button busy={busy} onClick={() => void replay()}>
            {t('integration.again')}
          </Button>
        </>
      }
    >
      <div class="whole-message">
        <p>{t('integration.replayText')}</p>
        {problem !== null && <ErrorCard problem={problem} />}
      </div>
    </Dialog>
  )
}
