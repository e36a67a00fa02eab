import { TriangleAlert } from 'lucide-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { deliveryWords, isLost, latestDelivery } from './delivery-words'

/** That the newest message has not come to someone, and why, in plain words; nothing of who has got theirs (B10). */
export function PersonFate({ person }: { person: Shape<'ParticipantView'> }) {
  const latest = latestDelivery(person)
  if (!isLost(person) || latest === null) return null
  return (
    <span class="fate">
      <TriangleAlert size={18} aria-hidden="true" />
      <span>
        <strong>{deliveryWords(latest)}</strong>
        {latest.failure !== null && <span>{t(`participants.failure.${latest.failure}`)}</span>}
      </span>
    </span>
  )
}
