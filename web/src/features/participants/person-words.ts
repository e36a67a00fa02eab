import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'

type Participant = Shape<'ParticipantView'>
type Visit = Shape<'VisitView'>

/** Who it is in a list: a protected patient is named on the card alone (P5). */
export function personName(visit: Visit, person: Participant): string {
  const hidden = visit.patient.protected && (person.role === 'patient' || person.role === 'ombud')
  return hidden ? t('common.protectedIdentity') : person.name
}

/** What they are in the visit: `Gäst, tolk`, `Sjukvårdspersonal, ansvarig, du`. */
export function personRole(visit: Visit, person: Participant): string {
  const words: string[] = [t(`visitPage.role.${person.role}`)]
  const { guest_kind: kind } = person
  if (kind !== null && kind !== 'other') words.push(t(`participants.guestKind.${kind}`).toLowerCase())
  if (person.is_owner) words.push(t('visitPage.owner'))
  if (person.participant_id === visit.me.participant_id) words.push(t('visitPage.me'))
  return words.join(', ')
}
