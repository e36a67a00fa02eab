import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { isLost } from './delivery-words'
import { contactsOf, InviteAgain } from './InviteAgain'
import { PersonFate } from './PersonFate'
import { personName, personRole } from './person-words'
import { stateInVisit } from './state-words'
import type { Adding } from './use-draft'

interface PersonRowProps {
  visit: Shape<'VisitView'>
  person: Shape<'ParticipantView'>
  onRemoved: () => void
}

interface RowProps extends PersonRowProps {
  /** The form that is open in the dialog, which may be this person's. */
  adding: Adding | null
  onAdding: (adding: Adding | null) => void
  /** `ids`: as what they are in the visit now. */
  onInvited: (visit: Shape<'VisitView'>, ids: readonly string[]) => void
}

/** Someone in the visit, whom the visit may be able to do without. Removing is asked about first: it is at once (G5). */
export function PersonRow({ visit, person, adding, onAdding, onInvited, onRemoved }: RowProps) {
  const [asking, setAsking] = useState(false)
  const { name, participant_id: id } = person
  const asked = adding?.who === 'again' && adding.participantId === id ? adding : null
  const isQuiet = !asking && asked === null
  const askAgain = () => {
    const initial = contactsOf(visit, person)
    onAdding({ who: 'again', participantId: id, requestId: crypto.randomUUID(), initial, contacts: initial })
  }
  const state = stateInVisit(visit, person)
  return (
    <li class="person-row" data-lost={isLost(person) || undefined}>
      <span class="person-row__who">
        <strong>{personName(visit, person)}</strong> <span class="quiet">{personRole(visit, person)}</span>
        {state !== '' && <span class="person-row__state">{state}</span>}
        <PersonFate person={person} />
      </span>
      {isQuiet && (
        <span class="person-row__actions">
          {mayInvite(person) && (
            <Button
              variant={isLost(person) ? 'secondary' : 'tertiary'}
              aria-label={t('participants.againNamed', { name: personName(visit, person) })}
              onClick={askAgain}
            >
              {t('participants.again')}
            </Button>
          )}
          {person.removable && (
            <Button
              variant="tertiary"
              color="danger"
              aria-label={t('participants.removeNamed', { name })}
              onClick={() => setAsking(true)}
            >
              {t('participants.remove')}
            </Button>
          )}
        </span>
      )}
      {asked !== null && (
        <InviteAgain
          visit={visit}
          person={person}
          asked={asked}
          onContacts={(contacts) => onAdding({ ...asked, requestId: crypto.randomUUID(), contacts })}
          onInvited={(after) => onInvited(after, [id, ...newIn(after, visit)])}
          onCancel={() => onAdding(null)}
        />
      )}
      {asking && (
        <Question visit={visit} person={person} onKeep={() => setAsking(false)} onRemoved={onRemoved} />
      )}
    </li>
  )
}

/** Who comes in by an invitation, is not here, and has none that is just going out. */
function mayInvite({
  invited_again: again,
  delivery,
  presence: { state },
}: Shape<'ParticipantView'>): boolean {
  return again !== null && delivery !== 'queued' && (state === 'invited' || state === 'away')
}

function newIn(after: Shape<'VisitView'>, before: Shape<'VisitView'>): string[] {
  const known = before.participants.map(({ participant_id: id }) => id)
  return after.participants.map(({ participant_id: id }) => id).filter((id) => !known.includes(id))
}

/** What removing means; only a group's patients can be taken out, and nobody can be invited to a group afterwards. */
const REMOVED: Partial<
  Record<Shape<'ParticipantView'>['role'], 'participants.removeGuest' | 'participants.removePatient'>
> = {
  guest: 'participants.removeGuest',
  patient: 'participants.removePatient',
}

function Question({ visit, person, onKeep, onRemoved }: PersonRowProps & { onKeep: () => void }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  const { name, participant_id } = person
  const remove = async () => {
    setBusy(true)
    try {
      const path = { visit_id: visit.visit_id, participant_id }
      await answer(api.DELETE('/visits/{visit_id}/participants/{participant_id}', { params: { path } }))
      onRemoved()
    } catch (thrown) {
      setProblem(asProblem(thrown))
      setBusy(false)
    }
  }
  const text = REMOVED[person.role] ?? 'participants.removeClinician'
  return (
    <section class="person-row__question" aria-label={t('participants.removeQuestion', { name })}>
      <p>
        <strong>{t('participants.removeQuestion', { name })}</strong>
      </p>
      <p>{t(text, { name })}</p>
      {problem !== null && <ErrorCard problem={problem} />}
      <div class="add-person__actions">
        <Button ref={keep} variant="secondary" color="neutral" onClick={onKeep}>
          {t('participants.keep')}
        </Button>
        <Button color="danger" busy={busy} onClick={remove}>
          {t('participants.remove')}
        </Button>
      </div>
    </section>
  )
}
