import type { ComponentChildren } from 'preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Deliveries } from '../participants/Deliveries'
import { personName, personRole } from '../participants/person-words'
import { LostCount } from './LostCount'
import { PersonState } from './PersonState'

interface ParticipantListProps {
  visit: Shape<'VisitView'>
  /** What can be done about them. */
  children?: ComponentChildren
}

/** Everyone in the visit, with where they are in words; of a group those who are not its patients, who have their own. */
export function ParticipantList({ visit, children }: ParticipantListProps) {
  const isGroup = visit.form === 'group'
  const people = visit.participants.filter(({ role }) => !isGroup || role !== 'patient')
  return (
    <div class="panel">
      <h2>{t(isGroup ? 'visitPage.otherParticipants' : 'visitPage.participants')}</h2>
      <LostCount people={people} />
      <ul class="participants" aria-live="polite">
        {people.map((person) => (
          <li key={person.participant_id} class="participant" data-presence={person.presence.state}>
            <span class="participant__name">{personName(visit, person)}</span>
            <span class="participant__role">{personRole(visit, person)}</span>
            <PersonState visit={visit} person={person} />
            {visit.me.role === 'staff' && <Deliveries person={person} />}
          </li>
        ))}
      </ul>
      {children}
    </div>
  )
}
