import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

type Participant = Shape<'ParticipantView'>

/**
 * "väntar sedan 09:52", "i samtalet", or how the invitation fares: "inte här än, inbjudan skickad". Empty for staff
 * and colleagues outside the call.
 */
export function presenceWords({ presence, role, delivery }: Participant): string {
  const logsIn = role === 'staff' || role === 'colleague'
  if (logsIn && presence.state !== 'in_call') return ''
  const time = presence.since === null ? '' : clockTime(presence.since)
  if (role === 'guest' && presence.state === 'invited') return guestWords(delivery)
  const words = t(`visitPage.presence.${presence.state}`, { time }).trim()
  const onItsWay = presence.state === 'invited' && (delivery === 'queued' || delivery === 'sent')
  return onItsWay ? `${words}, ${t(`visitPage.delivery.${delivery}`)}` : words
}

/** Of a guest "inbjuden" says that the invitation has left (G3). */
function guestWords(delivery: Participant['delivery']): string {
  const invited = t('visitPage.presence.guestInvited')
  return delivery === 'queued' ? `${invited}, ${t('visitPage.delivery.queued')}` : invited
}
