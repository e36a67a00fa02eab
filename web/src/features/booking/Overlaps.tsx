import { CalendarClock } from 'lucide-preact'
import { t } from '../../i18n'
import { clockTime, type LocalDate, localDate, shortDay } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

type Overlap = Shape<'BookingPreview'>['overlaps'][number]

interface OverlapsProps {
  overlaps: readonly Overlap[]
  /** The booking's own day, which needs no saying. */
  day: LocalDate
}

/** Who of the staff is booked at the same time: told, and no hindrance (B9). */
export function Overlaps({ overlaps, day }: OverlapsProps) {
  if (overlaps.length === 0) return null
  const words = overlaps.map((overlap) =>
    t('booking.overlap', { name: overlap.name, time: timeOf(overlap, day) }),
  )
  // Two visits at one time are told of once.
  const lines = [...new Set(words)]
  return (
    <section class="notice overlaps" data-tone="warning" aria-labelledby="overlaps-title">
      <h3 id="overlaps-title">
        <CalendarClock size={20} aria-hidden="true" /> {t('booking.overlaps')}
      </h3>
      <ul class="overlaps__list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{t('booking.overlapsHelp')}</p>
    </section>
  )
}

function timeOf({ starts_at, ends_at }: Overlap, day: LocalDate): string {
  const hours = `${clockTime(starts_at)}–${clockTime(ends_at)}`
  const its = localDate(starts_at)
  return its === day ? hours : `${shortDay(its)} ${hours}`
}
