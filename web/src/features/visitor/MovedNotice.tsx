import { CalendarClock } from 'lucide-preact'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { isEarly } from './early'
import type { View } from './use-visit'
import { dayOf, wordsOf } from './words'

interface MovedNoticeProps {
  view: View
  /** The person waits, and may not have to any more. */
  waiting?: boolean
}

/** Says plainly that the visit has another time than it was first booked for (B9). */
export function MovedNotice({ view, waiting = false }: MovedNoticeProps) {
  return (
    <div role="status">
      {view.moved && view.stage !== 'ended' && (
        <div class="moved">
          <CalendarClock size={28} aria-hidden="true" />
          <div>
            <p class="moved__title">{t('selfService.moved')}</p>
            <p>
              {t('selfService.movedText', {
                context: wordsOf(view),
                day: dayOf(view),
                time: clockTime(view.starts_at),
              })}
              {waiting && isEarly(view, Date.now()) && ` ${t('selfService.notNow')}`}
            </p>
          </div>
        </div>
      )}
    </div>
  )
}
