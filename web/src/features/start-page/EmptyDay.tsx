import { CalendarDays } from 'lucide-preact'
import { t } from '../../i18n'
import { clockTime, type LocalDate, localDate, longDay } from '../../i18n/time'
import { EmptyState } from '../../ui/EmptyState'

interface EmptyDayProps {
  day: LocalDate
  nextVisitAt: string | null
  onDay: (day: LocalDate) => void
}

/** A day without visits says when the next one is. */
export function EmptyDay({ day, nextVisitAt, onDay }: EmptyDayProps) {
  return (
    <EmptyState
      icon={<CalendarDays size={32} aria-hidden="true" />}
      title={t('startPage.empty', { day: longDay(day) })}
    >
      {nextVisitAt === null ? (
        <p>{t('startPage.noneAhead')}</p>
      ) : (
        <>
          <p>
            {t('startPage.nextVisit', {
              day: longDay(localDate(nextVisitAt)),
              time: clockTime(nextVisitAt),
            })}
          </p>
          <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            onClick={() => onDay(localDate(nextVisitAt))}
          >
            {t('startPage.showThatDay')}
          </button>
        </>
      )}
    </EmptyState>
  )
}
