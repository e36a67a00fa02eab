import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { LocalDate } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { ApiProblem, asProblem } from '../../protocol/problem'
import type { Entry } from './words'

export interface Filters {
  fromDay: LocalDate
  toDay: LocalDate
  user: string
  number: string
  visit: string
  action: string
  result: Shape<'AuditEntryView'>['result'] | ''
}

interface Found {
  entries: Entry[]
  cursor: string | null
  searchedTo: string | null
}

/** What the log answers to the latest question; a patient's number stands in memory alone, and is sent in bodies. */
export function useLog(first: Filters) {
  const [found, setFound] = useState<Found | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const [sampled, setSampled] = useState(false)
  const turn = useRef(0)
  const asked = useRef<{ filters: Filters; sample: boolean }>({ filters: first, sample: false })

  const ask = useCallback(async (before: Found | null) => {
    turn.current += 1
    const mine = turn.current
    setBusy(true)
    setProblem(null)
    if (before === null) setFound(null)
    const answered = await outcomeOf(asked.current.filters, asked.current.sample, before)
    if (mine !== turn.current) return
    setBusy(false)
    if (answered instanceof ApiProblem) return setProblem(answered)
    setFound(answered)
    setSampled(asked.current.sample)
  }, [])
  useEffect(() => void ask(null), [ask])

  const begin = (filters: Filters, sample: boolean) => {
    asked.current = { filters, sample }
    void ask(null)
  }
  return {
    found,
    problem,
    busy,
    sampled,
    search: (filters: Filters) => begin(filters, false),
    sample: (filters: Filters) => begin(filters, true),
    more: () => void ask(found),
    again: () => void ask(null),
  }
}

/** The next page with what stood before it, or why there is none. */
async function outcomeOf(
  filters: Filters,
  sample: boolean,
  before: Found | null,
): Promise<Found | ApiProblem> {
  try {
    const page = await (sample ? drawn(filters) : searched(filters, before?.cursor ?? null))
    const entries = [...(before?.entries ?? []), ...page.entries]
    return { entries, cursor: page.cursor, searchedTo: page.searched_to }
  } catch (thrown) {
    return asProblem(thrown)
  }
}

function searched(filters: Filters, cursor: string | null) {
  const { fromDay, toDay, user, number, visit, action, result } = filters
  const body = { user, number, visit_id: visit, action, result: result === '' ? null : result, cursor }
  return answer(api.POST('/audit/search', { body: { from_day: fromDay, to_day: toDay, ...body } }))
}

function drawn({ fromDay, toDay }: Filters) {
  return answer(api.POST('/audit/sample', { body: { from_day: fromDay, to_day: toDay, size: 10 } }))
}
