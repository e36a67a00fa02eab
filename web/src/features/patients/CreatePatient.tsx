import { UserPlus } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useTakesNextStep } from '../../ui/next-step'
import { NewPatientForm } from './NewPatientForm'
import { PatientProblem } from './PatientProblem'
import { RegisterFacts } from './RegisterFacts'
import { type Sought, soughtWords } from './sought'

interface CreatePatientProps {
  number: string
  onCreated: (patient: Shape<'PatientView'>) => void
  /** Another number to go on with: the person's newer identity. */
  onNumber: (number: string) => void
  sought?: Sought
  /** Looks the person up by itself: the number was asked for just now. */
  atOnce?: boolean
}

/** Skapa patient: the name comes from the population register, then contacts are asked for (P2-P4). */
export function CreatePatient({
  number,
  onCreated,
  onNumber,
  sought = 'patient',
  atOnce = false,
}: CreatePatientProps) {
  useTakesNextStep()
  const words = soughtWords(sought)
  const [person, setPerson] = useState<Shape<'RegisterView'> | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const lookUp = async () => {
    setBusy(true)
    try {
      setPerson(await answer(api.POST('/patients/register', { body: { number } })))
      setProblem(null)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }

  const lookUpNow = useRef(lookUp)
  useEffect(() => {
    if (atOnce) void lookUpNow.current()
  }, [atOnce])

  if (problem !== null) {
    return <ErrorCard problem={problem} onRetry={problem.retryable ? lookUp : undefined} busy={busy} />
  }
  if (person === null) {
    return (
      <Button busy={busy} onClick={lookUp} icon={<UserPlus size={18} aria-hidden="true" />}>
        {words.create}
      </Button>
    )
  }
  return (
    <section class="card" aria-labelledby="new-patient">
      <h2 id="new-patient">{words.newPerson}</h2>
      <RegisterFacts person={person} />
      {person.problem === null ? (
        <NewPatientForm
          number={number}
          isChild={person.kind === 'child'}
          isRelative={sought === 'relative'}
          onCreated={onCreated}
        />
      ) : (
        <PatientProblem problem={person.problem} referredTo={person.referred_to} onNumber={onNumber} />
      )}
    </section>
  )
}
