import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSending } from '../../ui/use-sending'
import './rating.css'

export type CallRating = Omit<Shape<'RateCall'>, 'call_id'>
type Score = 1 | 2 | 3 | 4 | 5
type Fault = 'sound' | 'picture' | 'delay' | 'dropped' | 'other'

const SCORES: readonly Score[] = [1, 2, 3, 4, 5]
const FAULTS: readonly Fault[] = ['sound', 'picture', 'delay', 'dropped', 'other']
/** From here down the person is asked what was wrong. */
const ASK_UP_TO: Score = 3
const MAX_TEXT_LENGTH = 500

interface RatingProps {
  title: string
  text?: string | undefined
  /** Back into the call, while it goes on. */
  onAgain?: () => void
  rate: (rating: CallRating) => Promise<unknown>
  onDone: () => void
}

/** How it went (C9); can be skipped. */
export function Rating({ title, text, onAgain, rate, onDone }: RatingProps) {
  const [score, setScore] = useState<Score | null>(null)
  const [problems, setProblems] = useState<readonly Fault[]>([])
  const [more, setMore] = useState('')
  // A session that has ended takes no rating any more; nobody can do anything about it.
  const { busy, problem, send } = useSending(({ retryable }) => retryable || onDone())
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const asksWhy = score !== null && score <= ASK_UP_TO

  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault()
        if (score === null) return
        void send(async () => {
          await rate({ score, problems: asksWhy ? [...problems] : [], text: asksWhy ? more : '' })
          onDone()
        })
      }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {text !== undefined && <p>{text}</p>}
      {onAgain !== undefined && (
        <Button variant="secondary" onClick={onAgain}>
          {t('call.endText.again')}
        </Button>
      )}
      <fieldset class="rating__scores">
        <legend>{t('call.rating.question')}</legend>
        {SCORES.map((each) => (
          <label key={each} class="rating__score" data-chosen={score === each || undefined}>
            <input type="radio" name="score" checked={score === each} onChange={() => setScore(each)} />
            {t(`call.rating.score${each}`)}
          </label>
        ))}
      </fieldset>
      {asksWhy && <Why problems={problems} onProblems={setProblems} text={more} onText={setMore} />}
      {problem !== null && <ErrorCard problem={problem} />}
      <div class="rating__actions">
        <Button type="submit" busy={busy} disabled={score === null}>
          {t('call.rating.send')}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onDone}>
          {t('call.rating.skip')}
        </Button>
      </div>
    </form>
  )
}

interface WhyProps {
  problems: readonly Fault[]
  onProblems: (problems: readonly Fault[]) => void
  text: string
  onText: (text: string) => void
}

function Why({ problems, onProblems, text, onText }: WhyProps) {
  const toggle = (each: Fault) =>
    onProblems(problems.includes(each) ? problems.filter((other) => other !== each) : [...problems, each])
  return (
    <>
      <fieldset class="rating__why">
        <legend>{t('call.rating.whatWasWrong')}</legend>
        {FAULTS.map((each) => (
          <label key={each} class="rating__fault">
            <input type="checkbox" checked={problems.includes(each)} onChange={() => toggle(each)} />
            {t(`call.rating.${each}`)}
          </label>
        ))}
      </fieldset>
      <div class="ds-field">
        <label class="ds-label" for="rating-text">
          {t('call.rating.text')}
        </label>
        <p id="rating-text-help" data-field="description">
          {t('call.rating.textHelp')}
        </p>
        <textarea
          id="rating-text"
          class="ds-input"
          rows={3}
          maxLength={MAX_TEXT_LENGTH}
          aria-describedby="rating-text-help"
          value={text}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
    </>
  )
}
