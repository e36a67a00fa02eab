import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'

type Participant = Shape<'ParticipantView'>
type Visit = Shape<'VisitView'>

/** Who it is in a list: a protected patient is named on the card alone (P5). */
export function personName(visit: Visit, person: Participant): string {
  return isProtected(visit, person) ? t('common.protectedIdentity') : person.name
}

/** What they are in the visit: `Gäst, tolk`, `Sjukvårdspersonal, ansvarig, du`. */
export function personRole(visit: Visit, person: Participant): string {
  const words: string[] = [t(`visitPage.role.${roleIn(visit, person)}`)]
  const { guest_kind: kind } = person
  if (kind !== null && kind !== 'other') words.push(t(`participants.guestKind.${kind}`).toLowerCase())
  if (person.is_owner) words.push(t('visitPage.owner'))
  if (person.participant_id === visit.me.participant_id) words.push(t('visitPage.me'))
  return words.join(', ')
}

/** The one person of a relative's conversation is nobody's patient (B7). */
function roleIn({ form }: Visit, { role }: Participant): Participant['role'] | 'relative' {
  return form === 'relative' && role === 'patient' ? 'relative' : role
}

/** In a group each patient may be; elsewhere the patient, and with them whoever acts for them. */
function isProtected({ form, patient, patients }: Visit, { role, participant_id: id }: Participant): boolean {
  if (form === 'group') return patients.some((each) => each.participant_id === id && each.protected)
  return patient.protected && (role === 'patient' || role === 'ombud')
}
