import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSending } from '../../ui/use-sending'
import { FocusedHeading } from './FocusedHeading'
import type { View, VisitHandle } from './use-visit'
import { wordsOf } from './words'
import './choices.css'

const MINUTES = [5, 10, 15, 30] as const
type Minutes = (typeof MINUTES)[number]

interface LateStepProps {
  view: View
  handle: Pick<VisitHandle, 'show' | 'refused'>
  onDone: () => void
}

/** How late one will be: four choices, and it can be said anew (B11). */
export function LateStep({ view, handle, onDone }: LateStepProps) {
  const said = MINUTES.find((minutes) => minutes === view.late?.minutes) ?? null
  const [chosen, setChosen] = useState<Minutes | null>(said)
  const [missing, setMissing] = useState(false)
  const { busy, problem, send } = useSending(handle.refused)
  const tell = () => {
    setMissing(chosen === null)
    if (chosen === null) return
    void send(async () => {
      handle.show(await answer(api.POST('/visitor/late', { body: { minutes: chosen } })))
      onDone()
    })
  }
  return (
    <form
      class="visitor-step"
      onSubmit={(event) => {
        event.preventDefault()
        tell()
      }}
    >
      <FocusedHeading>{t('selfService.lateTitle')}</FocusedHeading>
      <p id="late-text">{t('selfService.lateText', { context: wordsOf(view) })}</p>
      <Choices chosen={chosen} onChoose={setChosen} />
      {missing && chosen === null && (
        <p class="ds-validation-message field__error" role="alert">
          {t('selfService.lateMissing')}
        </p>
      )}
      {problem !== null && <ErrorCard problem={problem} />}
      <Button type="submit" busy={busy}>
        {t('selfService.lateSend')}
      </Button>
      <Button variant="tertiary" color="neutral" onClick={onDone}>
        {t('common.back')}
      </Button>
    </form>
  )
}

function Choices({ chosen, onChoose }: { chosen: Minutes | null; onChoose: (minutes: Minutes) => void }) {
  return (
    <fieldset class="choices" aria-describedby="late-text">
      <legend class="ds-sr-only">{t('selfService.lateTitle')}</legend>
      {MINUTES.map((minutes) => (
        <label key={minutes} class="choices__choice">
          <input
            type="radio"
            class="ds-input"
            name="late"
            checked={chosen === minutes}
            onChange={() => onChoose(minutes)}
          />
          {t('selfService.lateMinutes', { minutes })}
        </label>
      ))}
    </fieldset>
  )
}
