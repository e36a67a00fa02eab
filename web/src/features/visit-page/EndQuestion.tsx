import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { RememberRecord } from './RememberRecord'

/** Why it is asked before the visit is ended. */
export type Question = 'notes' | 'call_running' | 'no_show'

const WORDS = {
  notes: ['visitPage.endTitle', 'visitPage.endText', 'visitPage.end'],
  call_running: ['visitPage.endCallTitle', 'visitPage.endCallText', 'visitPage.endCallAndVisit'],
  no_show: ['visitPage.noShowTitle', 'visitPage.noShowText', 'visitPage.noShowConfirm'],
} as const

interface EndQuestionProps {
  question: Question
  busy: boolean
  noteText: string
  onConfirm: () => void
  onClose: () => void
}

/** What ending means, and of a visit that was held what must not be forgotten (S5, V4). */
export function EndQuestion({ question, busy, noteText, onConfirm, onClose }: EndQuestionProps) {
  const [title, text, confirm] = WORDS[question]
  return (
    <Dialog
      title={t(title)}
      onClose={onClose}
      actions={
        <>
          <Button variant="secondary" color="neutral" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color={question === 'no_show' ? 'accent' : 'danger'} busy={busy} onClick={onConfirm}>
            {t(confirm)}
          </Button>
        </>
      }
    >
      <div class="end-question">
        <p>{t(text)}</p>
        {question !== 'no_show' && <RememberRecord noteText={noteText} />}
      </div>
    </Dialog>
  )
}
