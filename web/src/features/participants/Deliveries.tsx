import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { deliveryWords } from './delivery-words'

/** Every message to a person with what became of it, on demand (B10). */
export function Deliveries({ person }: { person: Shape<'ParticipantView'> }) {
  if (person.deliveries.length === 0) return null
  return (
    <details class="deliveries">
      <summary>{t('participants.messages', { count: person.deliveries.length })}</summary>
      <ul class="deliveries__list">
        {person.deliveries.map((delivery) => (
          <li key={`${delivery.reason} ${delivery.channel} ${delivery.at}`} data-state={delivery.state}>
            {t(delivery.channel === 'sms' ? 'participants.bySms' : 'participants.byEmail', {
              what: deliveryWords(delivery),
            })}
          </li>
        ))}
      </ul>
    </details>
  )
}
