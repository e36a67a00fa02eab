import type { Shape } from '../../protocol/api'
import type { CallPeople } from '../call-window/call-people'

/** Whom staff knows the people of a call to be: everyone by their real name, in a group too (B8). */
export function visitPeople({
  form,
  participants,
}: Pick<Shape<'VisitView'>, 'form' | 'participants'>): CallPeople {
  const known = participants.map(
    ({ participant_id, name, display_name }) => [participant_id, { name, shownAs: display_name }] as const,
  )
  return { known: new Map(known), visitor: form === 'relative' ? 'relative' : 'patient' }
}
