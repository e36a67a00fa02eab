import { Languages, Stethoscope, UserPlus } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorCard } from '../../ui/ErrorCard'
import { Additions } from './Additions'
import { ColleagueForm } from './ColleagueForm'
import { clinicianAddition, type Guest, guestAddition, NO_GUEST } from './draft'
import { GuestForm } from './GuestForm'
import { PersonRow } from './PersonRow'
import { useAdditions } from './use-additions'
import './participants.css'

/** Which form is open; a guest's begins with what is known of them. */
type Adding = { who: 'guest'; initial: Guest } | { who: 'colleague' } | null

interface ParticipantsDialogProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
  onRemoved: () => void
  onClose: () => void
}

/** Who is in the visit and who is to be: nothing is sent before Bjud in, and closing sends nothing. */
export function ParticipantsDialog({ visit, onChanged, onRemoved, onClose }: ParticipantsDialogProps) {
  const [adding, setAdding] = useState<Adding>(null)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const list = useRef<HTMLUListElement>(null)
  // What was clicked is gone by then, and with it the focus.
  const say = (text: string) => {
    setSaid(text)
    list.current?.focus()
  }
  const draft = useAdditions(visit.visit_id, (after) => {
    onChanged(after)
    say(t('participants.sent'))
  })
  const add = (next: Adding) => {
    setSaid('')
    setProblem(null)
    setAdding(next)
  }
  const done = () => setAdding(null)
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
            <Button busy={draft.busy} onClick={draft.send}>
              {t('participants.send')}
            </Button>
          )}
        </>
      }
    >
      <div class="participants-dialog">
        <ul ref={list} class="person-rows" tabIndex={-1} aria-label={t('participants.inVisit')}>
          {visit.participants.map((person) => (
            <PersonRow
              key={person.participant_id}
              visit={visit}
              person={person}
              onRemoved={() => {
                onRemoved()
                say(t('participants.removed', { name: person.name }))
              }}
            />
          ))}
        </ul>
        <p class="participants-dialog__said" role="status">
          {said}
        </p>
        {problem !== null && <ErrorCard problem={problem} />}
        {adding === null && <AddButtons onAdd={add} onProblem={setProblem} />}
        {adding?.who === 'guest' && (
          <GuestForm
            key={adding.initial.email}
            initial={adding.initial}
            onAdd={(guest) => {
              draft.add(guestAddition(guest))
              done()
            }}
            onCancel={done}
          />
        )}
        {adding?.who === 'colleague' && (
          <ColleagueForm
            taken={taken}
            onAdd={(colleague, role) => {
              draft.add(clinicianAddition(colleague, role))
              done()
            }}
            onCancel={done}
          />
        )}
        <Additions additions={draft.additions} messages={draft.messages} onDrop={draft.drop} />
        {draft.problem !== null && <ErrorCard problem={draft.problem} />}
      </div>
    </Dialog>
  )
}

interface AddButtonsProps {
  onAdd: (adding: Adding) => void
  onProblem: (problem: ApiProblem) => void
}

function AddButtons({ onAdd, onProblem }: AddButtonsProps) {
  const addInterpreter = () =>
    interpreter().then(
      (initial) => onAdd({ who: 'guest', initial }),
      (thrown) => onProblem(asProblem(thrown)),
    )
  return (
    <div class="participants-dialog__add">
      <Button
        variant="secondary"
        icon={<UserPlus size={18} aria-hidden="true" />}
        onClick={() => onAdd({ who: 'guest', initial: NO_GUEST })}
      >
        {t('participants.addGuest')}
      </Button>
      <Button
        variant="secondary"
        icon={<Languages size={18} aria-hidden="true" />}
        onClick={() => void addInterpreter()}
      >
        {t('participants.addInterpreter')}
      </Button>
      <Button
        variant="secondary"
        icon={<Stethoscope size={18} aria-hidden="true" />}
        onClick={() => onAdd({ who: 'colleague' })}
      >
        {t('participants.addColleague')}
      </Button>
    </div>
  )
}

/** The organisation's interpreter, to be looked over before it is added (G3). */
async function interpreter(): Promise<Guest> {
  const { given_name, family_name, email } = await answer(api.GET('/interpreter'))
  return { name: `${given_name} ${family_name}`.trim(), phone: '', email, kind: 'interpreter' }
}
