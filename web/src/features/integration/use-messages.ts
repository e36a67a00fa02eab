import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { LocalDate } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'

export type Outcome = Shape<'MessageSummary'>['outcome']

export interface Filters {
  fromDay: LocalDate
  toDay: LocalDate
  outcome: Outcome | ''
  bookingId: string
}

/** What came in, as the latest question answers; null while it is read. */
export function useMessages(first: Filters) {
  const [found, setFound] = useState<Shape<'Messages'> | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const turn = useRef(0)
  const asked = useRef(first)

  const ask = useCallback(async () => {
    turn.current += 1
    const mine = turn.current
    setBusy(true)
    setProblem(null)
    try {
      const answered = await search(asked.current)
      if (mine === turn.current) setFound(answered)
    } catch (thrown) {
      const refused = asProblem(thrown)
      if (mine === turn.current) setProblem(refused)
    } finally {
      if (mine === turn.current) setBusy(false)
    }
  }, [])
  useEffect(() => void ask(), [ask])

  return {
    found,
    problem,
    busy,
    search: (filters: Filters) => {
      asked.current = filters
      setFound(null)
      void ask()
    },
    again: () => void ask(),
  }
}

function search({ fromDay, toDay, outcome, bookingId }: Filters) {
  const body = {
    from_day: fromDay,
    to_day: toDay,
    outcome: outcome === '' ? null : outcome,
    external_id: bookingId,
  }
  return answer(api.POST('/integration/messages/search', { body }))
}
