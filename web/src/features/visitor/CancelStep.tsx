import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSending } from '../../ui/use-sending'
import { FocusedHeading } from './FocusedHeading'
import type { View, VisitHandle } from './use-visit'
import { VisitHeading } from './VisitHeading'
import { wordsOf } from './words'

interface CancelStepProps {
  view: View
  handle: Pick<VisitHandle, 'gaveUp' | 'refused'>
  onKeep: () => void
}

/** Asks once more: it cannot be undone. The safe choice comes first (B11). */
export function CancelStep({ view, handle, onKeep }: CancelStepProps) {
  const { busy, problem, send } = useSending(handle.refused)
  const context = wordsOf(view)
  const cancel = () =>
    send(async () => {
      await answer(api.POST('/visitor/cancel', { body: {} }))
      handle.gaveUp(view)
    })
  return (
    <div class="visitor-step">
      <FocusedHeading>{t('selfService.cancelTitle', { context })}</FocusedHeading>
      <VisitHeading view={view} />
      <p>{t('selfService.cancelText', { context })}</p>
      {problem !== null && <ErrorCard problem={problem} />}
      <Button variant="secondary" onClick={onKeep}>
        {t('selfService.keep')}
      </Button>
      <Button color="danger" busy={busy} onClick={() => void cancel()}>
        {t('selfService.confirm')}
      </Button>
    </div>
  )
}
