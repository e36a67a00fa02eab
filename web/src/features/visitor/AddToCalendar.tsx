import { CalendarPlus } from 'lucide-preact'
import { t } from '../../i18n'
import { ActionRow } from './ActionRow'
import type { View } from './use-visit'
import { wordsOf } from './words'

/** A plain link: phones hand a calendar file over to the calendar by themselves, and old ones know no other way. */
export function AddToCalendar({ view }: { view: View }) {
  return (
    <ActionRow
      icon={<CalendarPlus size={24} aria-hidden="true" />}
      title={t('selfService.calendar')}
      text={t('selfService.calendarHelp')}
      href="/api/visitor/calendar"
      download={t('selfService.calendarFile', { context: wordsOf(view) })}
    />
  )
}
