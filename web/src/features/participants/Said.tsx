import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { isLost } from './delivery-words'
import { personName } from './person-words'
import type { Done } from './use-draft'

interface SaidProps {
  visit: Shape<'VisitView'>
  done: Done | null
}

/** What was done last, as it stands now: an invitation is on its way, has left, or has not come (B10). */
export function Said({ visit, done }: SaidProps) {
  const people =
    done?.what === 'invited'
      ? visit.participants.filter(({ participant_id: id }) => done.ids.includes(id))
      : []
  const lost = people.filter(isLost)
  return (
    <p class="participants-dialog__said" role="status" data-lost={lost.length > 0 || undefined}>
      {done !== null && lost.map((person) => lostWords(visit, person)).join(' ')}
      {done !== null && lost.length === 0 && wordsOf(done, people)}
    </p>
  )
}

function lostWords(visit: Shape<'VisitView'>, person: Shape<'ParticipantView'>): string {
  return t('participants.notReached', { name: personName(visit, person) })
}

function wordsOf(done: Done, people: readonly Shape<'ParticipantView'>[]): string {
  if (done.what === 'removed') return t('participants.removed', { name: done.name })
  if (done.what === 'added') return t('participants.added')
  const written = people.filter(({ delivery }) => delivery !== 'none')
  const isGone = written.length > 0 && written.every(({ delivery }) => delivery !== 'queued')
  return t(isGone ? 'participants.gone' : 'participants.sent')
}
