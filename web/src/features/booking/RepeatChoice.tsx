import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import { isLocalDate } from '../../i18n/time'
import type { Draft } from './draft'
import { SeriesDates } from './SeriesDates'
import { LEAST_TIMES, MOST_TIMES, MOST_WEEKS_BETWEEN, numbersBetween, seriesDays } from './series'

interface RepeatChoiceProps {
  draft: Draft
  onChange: (changes: Partial<Draft>) => void
}

/** Upprepa: every so many weeks, so many times; the days that come of it are shown at once. */
export function RepeatChoice({ draft, onChange }: RepeatChoiceProps) {
  return (
    <fieldset class="repeat">
      <legend class="ds-sr-only">{t('booking.repeat')}</legend>
      <label class="check-row">
        <input
          class="ds-input"
          type="checkbox"
          checked={draft.repeats}
          onChange={(event) => onChange({ repeats: event.currentTarget.checked })}
        />
        <span>{t('booking.repeat')}</span>
      </label>
      {draft.repeats && (
        <>
          <div class="step-form__pair">
            <NumberSelect
              label={t('booking.howOften')}
              numbers={numbersBetween(1, MOST_WEEKS_BETWEEN)}
              words={(count) => t('booking.everyWeeksOption', { count })}
              chosen={draft.everyWeeks}
              onChoose={(everyWeeks) => onChange({ everyWeeks })}
            />
            <NumberSelect
              label={t('booking.times')}
              numbers={numbersBetween(LEAST_TIMES, MOST_TIMES)}
              words={(number) => t('booking.timesOption', { number })}
              chosen={draft.times}
              onChoose={(times) => onChange({ times })}
            />
          </div>
          <p class="quiet">{t('booking.repeatHelp')}</p>
          {isLocalDate(draft.day) && (
            <SeriesDates
              dates={seriesDays(draft.day, draft.everyWeeks, draft.times).map((day) => ({
                day,
                time: draft.time,
              }))}
            />
          )}
        </>
      )}
    </fieldset>
  )
}

interface NumberSelectProps {
  label: string
  numbers: readonly number[]
  words: (number: number) => string
  chosen: number
  onChoose: (number: number) => void
}

function NumberSelect({ label, numbers, words, chosen, onChoose }: NumberSelectProps) {
  const id = useId()
  return (
    <div class="ds-field field">
      <label for={id} class="ds-label">
        {label}
      </label>
      <select
        id={id}
        class="ds-input"
        value={chosen}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {numbers.map((number) => (
          <option key={number} value={number}>
            {words(number)}
          </option>
        ))}
      </select>
    </div>
  )
}
