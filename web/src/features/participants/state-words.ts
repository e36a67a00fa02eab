import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { deliveryWords, isLost, latestDelivery, stateWords } from './delivery-words'

type Participant = Shape<'ParticipantView'>

/**
 * "väntar sedan 09:52", "i samtalet", or how the newest message to one who is not here yet fares: "inte här än, inbjudan
 * levererad 09:31". Empty for staff and colleagues outside the call.
 */
export function presenceWords(person: Participant): string {
  const { presence, role } = person
  const logsIn = role === 'staff' || role === 'colleague'
  if (logsIn && presence.state !== 'in_call') return ''
  if (presence.state === 'invited')
    return [invitedWords(role), messageWords(person)].filter(Boolean).join(', ')
  const time = presence.since === null ? '' : clockTime(presence.since)
  return t(`visitPage.presence.${presence.state}`, { time }).trim()
}

/** Of a guest "inbjuden" says that they have not come yet (G3): "inbjuden, levererad 09:31". */
function invitedWords(role: Participant['role']): string {
  return t(role === 'guest' ? 'visitPage.presence.guestInvited' : 'visitPage.presence.invited')
}

/** One that was lost is told beside it, with what to do. */
function messageWords(person: Participant): string {
  const latest = latestDelivery(person)
  if (latest === null || isLost(person)) return ''
  const said = person.role === 'guest' && latest.reason === 'invitation'
  return said ? stateWords(latest, '') : deliveryWords(latest)
}

/** A child has no link of its own: it is where its ombud is (B4). */
export function whereIn(visit: Shape<'VisitView'>, person: Participant): string {
  return visit.kind === 'child' && person.role === 'patient'
    ? t('visitPage.withOmbud')
    : presenceWords(person)
}

/** As in the visit's own list; nothing beside a message that was lost, which says more. */
export function stateInVisit(visit: Shape<'VisitView'>, person: Participant): string {
  return isLost(person) && person.presence.state === 'invited' ? '' : whereIn(visit, person)
}
