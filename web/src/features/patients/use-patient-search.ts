import { useState } from 'preact/hooks'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { faultOf, type NumberFault } from './identity-number'

type Patient = Shape<'PatientView'>

/** What a search led to; the number stays in memory only, for the creation that may follow. */
export type Outcome =
  | { kind: 'none' }
  | { kind: 'found' }
  | { kind: 'created' }
  | { kind: 'missing'; number: string; masked: string }

/** The search by a full number (P1, P2). A number that cannot be one is refused before any request. */
export function usePatientSearch(onPatient: (patient: Patient | null) => void) {
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState<NumberFault>(null)
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' })
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const ask = async (number: string) => {
    const result = await answer(api.POST('/patients/search', { body: { number } }))
    if (result.patient === null) setOutcome({ kind: 'missing', number, masked: result.number_masked })
    else setOutcome({ kind: 'found' })
    onPatient(result.patient)
  }
  const searchFor = async (number: string) => {
    if (busy) return
    setNumber(number)
    setOutcome({ kind: 'none' })
    setProblem(null)
    onPatient(null)
    const wrong = faultOf(number)
    setFault(wrong)
    if (wrong !== null) return
    setBusy(true)
    try {
      await ask(number)
    } catch (thrown) {
      const failed = asProblem(thrown)
      if (failed.code === 'invalid_identity_number') setFault('checkDigit')
      else setProblem(failed)
    } finally {
      setBusy(false)
    }
  }
  const write = (written: string) => {
    setNumber(written)
    setFault(null)
  }
  const created = (patient: Patient) => {
    setOutcome({ kind: 'created' })
    onPatient(patient)
  }
  const search = () => searchFor(number)
  return { number, write, fault, busy, outcome, problem, search, searchFor, created }
}
