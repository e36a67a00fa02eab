import { useState } from 'preact/hooks'
import { type ApiProblem, asProblem } from '../protocol/problem'

/**
 * Something sent from a step of its own: whether it is under way, and what it was refused with. It stays under way once it
 * has succeeded, as the step is left then. `onRefused` is for refusals that lead elsewhere.
 */
export function useSending(onRefused: (problem: ApiProblem) => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const send = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (thrown) {
      const refusal = asProblem(thrown)
      setBusy(false)
      setProblem(refusal)
      onRefused(refusal)
    }
  }
  return { busy, problem, send }
}
