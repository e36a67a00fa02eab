import { Copy } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { copy, sayProblem } from '../../ui/toasts'
import { personName, personRole } from '../participants/person-words'
import { presenceWords } from './presence-words'

type Participant = Shape<'ParticipantView'>

interface ParticipantListProps {
  visit: Shape<'VisitView'>
  /** What can be done about them. */
  children?: ComponentChildren
}

/** Everyone in the visit, with where they are in words. */
export function ParticipantList({ visit, children }: ParticipantListProps) {
  const open = ['bokat', 'mottaget', 'pagaende'].includes(visit.status)
  const mayCopy = open && visit.me.role === 'staff'
  return (
    <div class="panel">
      <h2>{t('visitPage.participants')}</h2>
      <ul class="participants" aria-live="polite">
        {visit.participants.map((person) => (
          <li key={person.participant_id} class="participant" data-presence={person.presence.state}>
            <span class="participant__name">{personName(visit, person)}</span>
            <span class="participant__role">{personRole(visit, person)}</span>
            {open && <span class="participant__presence">{whereIn(visit, person)}</span>}
            {person.delivery === 'failed' && (
              <span class="participant__failed">{t('visitPage.delivery.failed')}</span>
            )}
            {person.role === 'guest' && mayCopy && <CopyLink visitId={visit.visit_id} person={person} />}
          </li>
        ))}
      </ul>
      {children}
    </div>
  )
}

/** A child has no link of its own: it is where its ombud is (B4). */
function whereIn(visit: Shape<'VisitView'>, person: Participant): string {
  return visit.kind === 'child' && person.role === 'patient'
    ? t('visitPage.withOmbud')
    : presenceWords(person)
}

function CopyLink({ visitId, person }: { visitId: string; person: Participant }) {
  const path = { visit_id: visitId, participant_id: person.participant_id }
  const fetchAndCopy = async () => {
    try {
      const link = await answer(
        api.POST('/visits/{visit_id}/participants/{participant_id}/link', { params: { path } }),
      )
      await copy(link.url)
    } catch (thrown) {
      sayProblem(thrown)
    }
  }
  return (
    <button type="button" class="link-button" onClick={fetchAndCopy}>
      <Copy size={16} aria-hidden="true" />
      {t('visitPage.copyLink')}
    </button>
  )
}
