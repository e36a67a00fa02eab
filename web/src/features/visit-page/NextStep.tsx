import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { sayProblem } from '../../ui/toasts'

interface NextStepProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
}

/** Ta emot, then Starta besök; after that the next step is the video call's own button. */
export function NextStep({ visit, onChanged }: NextStepProps) {
  const [busy, setBusy] = useState(false)
  const step = visit.actions.includes('receive')
    ? 'receive'
    : visit.actions.includes('start')
      ? 'start'
      : null
  if (step === null) return <div class="visit__next" />

  const take = async () => {
    setBusy(true)
    try {
      const params = { params: { path: { visit_id: visit.visit_id } } }
      onChanged(await answer(api.POST(`/visits/{visit_id}/${step}`, params)))
    } catch (thrown) {
      sayProblem(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="visit__next">
      <Button busy={busy} onClick={take}>
        {t(`visitPage.${step}`)}
      </Button>
    </div>
  )
}
