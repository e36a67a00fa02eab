import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { deliveryWords, isLost, latestDelivery, lateWords } from '../participants/delivery-words'
import { CopyLink } from './CopyLink'
import { presenceWords } from './presence-words'

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
  const latest = latestDelivery(person)
  const { role } = person
  return (
    <span class="participant__lost">
      <strong>{latest === null ? '' : deliveryWords(latest)}</strong>
      {open && (role === 'guest' || role === 'ombud' || role === 'patient') && (
        <span>{t(`participants.lost.${role}`)}</span>
      )}
    </span>
  )
}

/** A child has no link of its own: it is where its ombud is (B4). */
function whereIn(visit: Shape<'VisitView'>, person: Shape<'ParticipantView'>): string {
  return visit.kind === 'child' && person.role === 'patient'
    ? t('visitPage.withOmbud')
    : presenceWords(person)
}
