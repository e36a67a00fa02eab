import { Languages, Stethoscope, UserPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { ColleagueForm } from './ColleagueForm'
import { clinicianAddition, type Guest, guestAddition, NO_GUEST } from './draft'
import { GuestForm } from './GuestForm'
import type { ParticipantsDraft } from './use-draft'

interface AddSectionProps {
  draft: ParticipantsDraft
  /** Names of those who cannot be added again. */
  taken: readonly string[]
}

/** Whom to add, or the form of the one who is being added. */
export function AddSection({ draft, taken }: AddSectionProps) {
  const { adding, setAdding } = draft
  const closed = () => setAdding(null)
  if (adding?.who === 'guest') {
    return (
      <GuestForm
        guest={adding.guest}
        onGuest={(guest) => setAdding({ ...adding, guest })}
        onAdd={(guest) => {
          draft.add(guestAddition(guest))
          closed()
        }}
        onCancel={closed}
      />
    )
  }
  if (adding?.who === 'colleague') {
    return (
      <ColleagueForm
        taken={taken}
        onAdd={(colleague, role) => {
          draft.add(clinicianAddition(colleague, role))
          closed()
        }}
        onCancel={closed}
      />
    )
  }
  return <AddButtons draft={draft} />
}

function AddButtons({ draft }: Pick<AddSectionProps, 'draft'>) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const addGuest = (initial: Guest) => {
    draft.setDone(null)
    draft.setAdding({ who: 'guest', initial, guest: initial })
  }
  const addInterpreter = () => interpreter().then(addGuest, (thrown) => setProblem(asProblem(thrown)))
  const addColleague = () => {
    draft.setDone(null)
    draft.setAdding({ who: 'colleague' })
  }
  return (
    <>
      {problem !== null && <ErrorCard problem={problem} />}
      <div class="participants-dialog__add">
        <Button
          variant="secondary"
          icon={<UserPlus size={18} aria-hidden="true" />}
          onClick={() => addGuest(NO_GUEST)}
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
          onClick={addColleague}
        >
          {t('participants.addColleague')}
        </Button>
      </div>
    </>
  )
}

/** The organisation's interpreter, to be looked over before it is added (G3). */
async function interpreter(): Promise<Guest> {
  const { given_name, family_name, email } = await answer(api.GET('/interpreter'))
  return { name: `${given_name} ${family_name}`.trim(), phone: '', email, kind: 'interpreter' }
}
