import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'

/** Whom the clinician waits for, and whether they have been called (C3). */
export function WaitingFor({ visit }: { visit: Shape<'VisitView'> }) {
  const awaited = visit.participants.filter(({ role }) => role !== 'staff')
  return (
    <div class="waiting-for" role="status">
      {awaited.map(({ participant_id, name, presence }) => (
        <div key={participant_id}>
          <p class="waiting-for__who">{t('call.staff.waitingFor', { name })}</p>
          <p>{t(presence.state === 'waiting' ? 'call.staff.requestSent' : 'call.staff.notThere')}</p>
        </div>
      ))}
    </div>
  )
}
