import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import { type LocalDate, longDay } from '../../i18n/time'

export interface SeriesDate {
  day: LocalDate
  time: string
  /** What to do with that visit, once it is booked. */
  action?: ComponentChildren
}

/** The visits of a series, in order. */
export function SeriesDates({ dates }: { dates: readonly SeriesDate[] }) {
  const title = useId()
  return (
    <section class="series" aria-labelledby={title}>
      <h3 id={title} class="step-form__title">
        {t('booking.seriesDates')}
      </h3>
      <ol class="series__dates">
        {dates.map(({ day, time, action }) => (
          <li key={day}>
            <span class="numbers">{`${dayWords(day, dates[0]?.day ?? day)} ${time}`}</span>
            {action}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** With its year when it is another than the first one's. */
function dayWords(day: LocalDate, first: LocalDate): string {
  const year = day.slice(0, 4)
  return year === first.slice(0, 4) ? longDay(day) : `${longDay(day)} ${year}`
}
