import { ChevronLeft } from 'lucide-preact'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime, localDate, shortDay } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { BookingFacts, MovedBy } from '../rebooking/BookingFacts'
import { RebookingActions } from '../rebooking/RebookingActions'
import { NextStep } from './NextStep'
import { StatusMap } from './StatusMap'

interface VisitHeaderProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
}

/** Which visit, where it stands, and the one next step. */
export function VisitHeader({ visit, onChanged }: VisitHeaderProps) {
  const day = localDate(visit.starts_at)
  const isToday = day === localDate(Date.now())
  return (
    <header class="visit__header">
      <Link class="visit__back" href={isToday ? '/' : `/?datum=${day}`}>
        <ChevronLeft size={20} aria-hidden="true" />
        <span aria-hidden="true">{isToday ? t('visitPage.toToday') : shortDay(day)}</span>
        <span class="ds-sr-only">{t('visitPage.toDay')}</span>
      </Link>
      <div class="visit__booking">
        <h1 class="visit__title">
          <time dateTime={visit.starts_at}>
            {`${clockTime(visit.starts_at)}–${clockTime(visit.ends_at)}`}
          </time>
          {reasonOf(visit) !== '' && <span class="visit__reason">{reasonOf(visit)}</span>}
        </h1>
        <div class="visit__rebooking">
          {visit.form !== 'individual' && <span class="chip">{t(`form.${visit.form}`)}</span>}
          <RebookingActions visit={visit} onChanged={onChanged} />
          <MovedBy visit={visit} />
        </div>
      </div>
      <StatusMap visit={visit} />
      <NextStep visit={visit} onChanged={onChanged} />
      <BookingFacts visit={visit} />
    </header>
  )
}

/** A relative's conversation has its form for a reason. */
function reasonOf({ form, reason }: Shape<'VisitView'>): string {
  return form === 'relative' ? '' : reason
}
