import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorCard } from '../../ui/ErrorCard'
import { Additions } from './Additions'
import { AddSection } from './AddSection'
import { isLost } from './delivery-words'
import { PersonRow } from './PersonRow'
import { Said } from './Said'
import type { ParticipantsDraft } from './use-draft'
import './participants.css'

type Visit = Shape<'VisitView'>

interface ParticipantsDialogProps {
  visit: Visit
  draft: ParticipantsDraft
  onChanged: (visit: Visit) => void
  onRemoved: () => void
  onClose: () => void
}

/**
 * Who is in the visit and who is to be: nothing is sent before Bjud in, and closing sends nothing. What can be done stands
 * above the list, which is long in a group.
 */
export function ParticipantsDialog({ visit, draft, onChanged, onRemoved, onClose }: ParticipantsDialogProps) {
  const list = useRef<HTMLUListElement>(null)
  const people = useLostFirst(visit.participants)
  // What was clicked is gone by then, and with it the focus.
  const say = (done: Parameters<typeof draft.setDone>[0]) => {
    draft.setDone(done)
    list.current?.focus({ preventScroll: true })
  }
  const { adding } = draft
  const taken = [...visit.participants, ...draft.additions].map(({ name }) => name)
  const sendable = draft.additions.length > 0 && adding === null
  return (
    <Dialog
      title={t('participants.edit')}
      onClose={onClose}
      actions={
        <>
          <Button variant="secondary" color="neutral" onClick={onClose}>
            {t('common.close')}
          </Button>
          {sendable && (
            <Button
              busy={draft.busy}
              onClick={() => void draft.send().then(() => list.current?.focus({ preventScroll: true }))}
            >
              {t('participants.send')}
            </Button>
          )}
        </>
      }
    >
      <div class="participants-dialog">
        <AddSection draft={draft} taken={taken} />
        <Additions additions={draft.additions} messages={draft.messages} onDrop={draft.drop} />
        {draft.problem !== null && <ErrorCard problem={draft.problem} />}
        <Said visit={visit} done={draft.done} />
        <ul ref={list} class="person-rows" tabIndex={-1} aria-label={t('participants.inVisit')}>
          {people.map((person) => (
            <PersonRow
              key={person.participant_id}
              visit={visit}
              person={person}
              adding={adding}
              onAdding={(next) => {
                if (next !== null) draft.setDone(null)
                draft.setAdding(next)
              }}
              onInvited={(after, ids) => {
                onChanged(after)
                draft.setAdding(null)
                say({ what: 'invited', ids })
              }}
              onRemoved={() => {
                onRemoved()
                say({ what: 'removed', name: person.name })
              }}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

/** Those who were not reached when the dialog was opened come first; nobody moves under the hand afterwards. */
function useLostFirst(people: Visit['participants']): Visit['participants'] {
  const [first] = useState(() => new Set(people.filter(isLost).map(({ participant_id: id }) => id)))
  const isFirst = ({ participant_id: id }: Visit['participants'][number]) => first.has(id)
  return [...people.filter(isFirst), ...people.filter((person) => !isFirst(person))]
}
