import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { isLost, lateWords } from '../participants/delivery-words'
import { PersonFate } from '../participants/PersonFate'
import { whereIn } from '../participants/state-words'
import { CopyLink } from './CopyLink'

interface PersonStateProps {
  visit: Shape<'VisitView'>
  person: Shape<'ParticipantView'>
}

/** Where someone is, how their messages fare, and what to do when none has come to them. */
export function PersonState({ visit, person }: PersonStateProps) {
  const open = ['bokat', 'mottaget', 'pagaende'].includes(visit.status)
  const isStaff = visit.me.role === 'staff'
  const mayCopy =
    open && isStaff && (person.role === 'guest' || (isLost(person) && person.role === 'patient'))
  return (
    <>
      {open && <span class="participant__presence">{whereIn(visit, person)}</span>}
      {open && person.late !== null && <span class="participant__late">{lateWords(person)}</span>}
      {isLost(person) && <Lost person={person} open={open && isStaff} />}
      {mayCopy && <CopyLink visitId={visit.visit_id} person={person} />}
    </>
  )
}

function Lost({ person, open }: { person: Shape<'ParticipantView'>; open: boolean }) {
  const { role } = person
  return (
    <span class="participant__lost">
      <PersonFate person={person} />
      {open && (role === 'guest' || role === 'ombud' || role === 'patient') && (
        <span>{t(`participants.lost.${role}`)}</span>
      )}
    </span>
  )
}
