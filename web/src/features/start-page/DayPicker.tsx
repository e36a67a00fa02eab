import { ChevronLeft, ChevronRight } from 'lucide-preact'
import { t } from '../../i18n'
import { addDays, isLocalDate, type LocalDate, longDay } from '../../i18n/time'

interface DayPickerProps {
  day: LocalDate
  today: LocalDate
  onDay: (day: LocalDate) => void
}

/** Which day it is, and the ways to another one. */
export function DayPicker({ day, today, onDay }: DayPickerProps) {
  const isToday = day === today
  return (
    <div class="day-picker">
      <h1 class="page-title">{isToday ? t('startPage.today', { day: longDay(day) }) : longDay(day)}</h1>
      <div class="day-picker__ways">
        <button type="button" class="icon-button" onClick={() => onDay(addDays(day, -1))}>
          <ChevronLeft size={20} aria-hidden="true" />
          <span class="ds-sr-only">{t('startPage.previousDay')}</span>
        </button>
        <input
          type="date"
          class="ds-input day-picker__date"
          aria-label={t('startPage.date')}
          value={day}
          onChange={(event) => isLocalDate(event.currentTarget.value) && onDay(event.currentTarget.value)}
        />
        <button type="button" class="icon-button" onClick={() => onDay(addDays(day, 1))}>
          <ChevronRight size={20} aria-hidden="true" />
          <span class="ds-sr-only">{t('startPage.nextDay')}</span>
        </button>
        {!isToday && (
          <button
            type="button"
            class="ds-button"
            data-variant="tertiary"
            data-color="accent"
            onClick={() => onDay(today)}
          >
            {t('startPage.toToday')}
          </button>
        )}
      </div>
    </div>
  )
}
