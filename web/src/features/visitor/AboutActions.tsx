import { CalendarX2, Clock3, MonitorCheck, UserRound } from 'lucide-preact'
import { t } from '../../i18n'
import { fetchedTime } from '../../i18n/time'
import { useNow } from '../../ui/use-now'
import { ActionRow } from './ActionRow'
import { AddToCalendar } from './AddToCalendar'
import { mayBeLate } from './early'
import type { View } from './use-visit'
import { wordsOf } from './words'

/** What one can do about the visit, each on a page of its own. */
export type AboutPage = 'late' | 'cancel' | 'equipment' | 'name'

interface AboutActionsProps {
  view: View
  onOpen: (page: AboutPage) => void
}

export function AboutActions({ view, onOpen }: AboutActionsProps) {
  const context = wordsOf(view)
  const now = useNow()
  return (
    <ul class="action-rows">
      <li>
        <AddToCalendar view={view} />
      </li>
      {mayBeLate(view, now) && (
        <li>
          <Late view={view} onOpen={() => onOpen('late')} />
        </li>
      )}
      <li>
        <ActionRow
          icon={<MonitorCheck size={24} aria-hidden="true" />}
          title={t('equipment.open')}
          text={t('selfService.equipmentHelp')}
          onOpen={() => onOpen('equipment')}
        />
      </li>
      {view.group && view.role === 'patient' && (
        <li>
          <ActionRow
            icon={<UserRound size={24} aria-hidden="true" />}
            title={t('selfService.nameChange')}
            text={t('selfService.nameNow', { name: view.display_name })}
            onOpen={() => onOpen('name')}
          />
        </li>
      )}
      {view.can_cancel && (
        <li>
          <ActionRow
            icon={<CalendarX2 size={24} aria-hidden="true" />}
            title={t('selfService.cancel', { context })}
            {...(view.cancel_until !== null && {
              text: t('selfService.cancelUntil', { time: fetchedTime(view.cancel_until, now) }),
            })}
            onOpen={() => onOpen('cancel')}
          />
        </li>
      )}
    </ul>
  )
}

function Late({ view, onOpen }: { view: View; onOpen: () => void }) {
  const said = view.late
  return (
    <ActionRow
      icon={<Clock3 size={24} aria-hidden="true" />}
      title={t(said === null ? 'selfService.late' : 'selfService.lateChange')}
      text={said === null ? t('selfService.lateHelp') : t('selfService.lateSaid', { minutes: said.minutes })}
      onOpen={onOpen}
    />
  )
}
