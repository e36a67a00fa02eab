import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { sayProblem } from '../../ui/toasts'
import { EndQuestion, type Question } from './EndQuestion'
import { RememberRecord } from './RememberRecord'

interface EndVisitProps {
  visit: Shape<'VisitView'>
  /** Anteckningar as they now stand on the page. */
  noteText: string
  onChanged: (visit: Shape<'VisitView'>) => void
}

/** Avsluta besök, which asks first when a call runs or notes are to be carried over, and Uteblev (S5, V4). */
export function EndVisit({ visit, noteText, onChanged }: EndVisitProps) {
  const [asking, setAsking] = useState<Question | null>(null)
  const [busy, setBusy] = useState(false)
  const params = { params: { path: { visit_id: visit.visit_id } } }
  const act = async (call: () => Promise<Shape<'VisitView'>>) => {
    setBusy(true)
    try {
      onChanged(await call())
      setAsking(null)
    } catch (thrown) {
      if (asProblem(thrown).code === 'call_running') setAsking('call_running')
      else sayProblem(thrown)
    } finally {
      setBusy(false)
    }
  }
  const end = (endCall: boolean) =>
    act(() => answer(api.POST('/visits/{visit_id}/end', { ...params, body: { end_call: endCall } })))
  const noShow = () => act(() => answer(api.POST('/visits/{visit_id}/no-show', params)))
  const hasNote = noteText.trim() !== ''
  const callRuns = visit.call !== null && visit.call.connected > 0
  const confirmed = { notes: () => end(false), call_running: () => end(true), no_show: noShow }

  return (
    <div class="end-visit">
      {visit.status === 'avslutat' && <RememberRecord noteText={noteText} />}
      {visit.actions.includes('no_show') && (
        <Button variant="tertiary" color="neutral" onClick={() => setAsking('no_show')}>
          {t('visitPage.noShow')}
        </Button>
      )}
      {visit.actions.includes('end') && (
        <Button
          variant="secondary"
          color="danger"
          busy={busy && asking === null}
          onClick={() => (hasNote && !callRuns ? setAsking('notes') : end(false))}
        >
          {t('visitPage.end')}
        </Button>
      )}
      {asking !== null && (
        <EndQuestion
          question={asking}
          busy={busy}
          noteText={noteText}
          onConfirm={confirmed[asking]}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}
