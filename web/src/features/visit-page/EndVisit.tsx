import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { sayProblem } from '../../ui/toasts'

type Question = 'call_running' | 'no_show'

interface EndVisitProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
}

/** Avsluta besök, which asks first when a call runs, and Uteblev (S5). */
export function EndVisit({ visit, onChanged }: EndVisitProps) {
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
  const close = () => setAsking(null)

  return (
    <div class="end-visit">
      {visit.actions.includes('no_show') && (
        <Button variant="tertiary" color="neutral" onClick={() => setAsking('no_show')}>
          {t('visitPage.noShow')}
        </Button>
      )}
      {visit.actions.includes('end') && (
        <Button variant="secondary" color="danger" busy={busy && asking === null} onClick={() => end(false)}>
          {t('visitPage.end')}
        </Button>
      )}
      {asking === 'call_running' && (
        <Dialog
          title={t('visitPage.endCallTitle')}
          onClose={close}
          actions={
            <>
              <CancelButton onClose={close} />
              <Button color="danger" busy={busy} onClick={() => end(true)}>
                {t('visitPage.endCallAndVisit')}
              </Button>
            </>
          }
        >
          <p>{t('visitPage.endCallText')}</p>
        </Dialog>
      )}
      {asking === 'no_show' && (
        <Dialog
          title={t('visitPage.noShowTitle')}
          onClose={close}
          actions={
            <>
              <CancelButton onClose={close} />
              <Button busy={busy} onClick={noShow}>
                {t('visitPage.noShowConfirm')}
              </Button>
            </>
          }
        >
          <p>{t('visitPage.noShowText')}</p>
        </Dialog>
      )}
    </div>
  )
}

function CancelButton({ onClose }: { onClose: () => void }) {
  return (
    <Button variant="secondary" color="neutral" onClick={onClose}>
      {t('common.cancel')}
    </Button>
  )
}
