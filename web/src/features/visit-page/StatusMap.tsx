import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { StatusChip } from '../../ui/StatusChip'

const COURSE: Shape<'VisitView'>['status'][] = ['bokat', 'mottaget', 'pagaende', 'avslutat']

/** The visit's course with the place it is at; a visit that left the course shows that alone (S1). */
export function StatusMap({ visit }: { visit: Shape<'VisitView'> }) {
  const place = COURSE.indexOf(visit.status)
  return (
    <div class="status-map">
      {place === -1 ? (
        <StatusChip status={visit.status} />
      ) : (
        <ol class="status-map__course" aria-label={t('visitPage.statusMap')}>
          {COURSE.map((status, index) => (
            <li
              key={status}
              aria-current={index === place ? 'step' : undefined}
              data-done={index < place || undefined}
            >
              {t(`status.${status}`)}
            </li>
          ))}
        </ol>
      )}
      {visit.received !== null && (
        <p class="status-map__received">
          {t('visitPage.receivedBy', { name: visit.received.by, time: clockTime(visit.received.at) })}
        </p>
      )}
    </div>
  )
}
