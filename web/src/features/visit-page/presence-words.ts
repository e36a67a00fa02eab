import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

type Participant = Shape<'ParticipantView'>

/**
 * "väntar sedan 09:52", "i samtalet", or how the invitation fares: "inte här än, inbjudan skickad". Empty for staff
 * outside the call.
 */
export function presenceWords({ presence, role, delivery }: Participant): string {
  if (role === 'staff' && presence.state !== 'in_call') return ''
  const time = presence.since === null ? '' : clockTime(presence.since)
  const words = t(`visitPage.presence.${presence.state}`, { time }).trim()
  const onItsWay = presence.state === 'invited' && (delivery === 'queued' || delivery === 'sent')
  return onItsWay ? `${words}, ${t(`visitPage.delivery.${delivery}`)}` : words
}
