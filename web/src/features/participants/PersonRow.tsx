import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { personName, personRole } from './person-words'

interface PersonRowProps {
  visit: Shape<'VisitView'>
  person: Shape<'ParticipantView'>
  onRemoved: () => void
}

/** Someone in the visit, whom the visit may be able to do without. Removing is asked about first: it is at once (G5). */
export function PersonRow({ visit, person, onRemoved }: PersonRowProps) {
  const [asking, setAsking] = useState(false)
  const { name } = person
  return (
    <li class="person-row">
      <span class="person-row__who">
        <strong>{personName(visit, person)}</strong> <span class="quiet">{personRole(visit, person)}</span>
      </span>
      {person.removable && !asking && (
        <Button
          variant="tertiary"
          color="danger"
          aria-label={t('participants.removeNamed', { name })}
          onClick={() => setAsking(true)}
        >
          {t('participants.remove')}
        </Button>
      )}
      {asking && (
        <Question visit={visit} person={person} onKeep={() => setAsking(false)} onRemoved={onRemoved} />
      )}
    </li>
  )
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
