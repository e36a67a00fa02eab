import { useState } from 'preact/hooks'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'

type Visit = Shape<'VisitView'>

/** Refusals that say: the visit is another than this page shows. */
const CHANGED = new Set(['booking_changed', 'visit_begun', 'visit_over'])

interface Change {
  call: () => Promise<Visit>
  /** Whether a visit that was read anew is as asked: this request's own first answer may have been lost. */
  isDone: (found: Visit) => boolean
  onDone: () => void
}

export interface Rebooking {
  /** The visit as this person has seen it and decided upon it. */
  seen: Visit
  /** Somebody else has changed the booking since. */
  changedMeanwhile: boolean
  /** This person has read what the other did, and goes on. */
  goOn: () => void
  busy: boolean
  problem: ApiProblem | null
  /** Sends once. On another's change reads the visit anew: it may be as asked already. */
  send: (change: Change) => Promise<void>
  /** The server says that the booking is another than this page shows: it is read anew. */
  readAnew: () => void
}

/** One change of a booking, under the booking that its author has seen (B9). */
export function useRebooking(visit: Visit, onChanged: (visit: Visit) => void): Rebooking {
  const [seen, setSeen] = useState(visit)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const fresh = () =>
    answer(api.GET('/visits/{visit_id}', { params: { path: { visit_id: visit.visit_id } } }))

  const send = async ({ call, isDone, onDone }: Change) => {
    setBusy(true)
    setProblem(null)
    try {
      const answered = await answerTo(call, fresh)
      if (answered.changed || isDone(answered.visit)) onDone()
      onChanged(answered.visit)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return {
    seen,
    changedMeanwhile: !busy && visit.sequence !== seen.sequence,
    goOn: () => setSeen(visit),
    busy,
    problem,
    send,
    readAnew: () => void fresh().then(onChanged, (thrown) => setProblem(asProblem(thrown))),
  }
}

/** The visit after the change; or, when somebody else has changed it first, as it now stands. */
async function answerTo(call: () => Promise<Visit>, fresh: () => Promise<Visit>) {
  try {
    return { changed: true, visit: await call() }
  } catch (thrown) {
    const refused = asProblem(thrown)
    if (!CHANGED.has(refused.code)) throw refused
    return { changed: false, visit: await fresh() }
  }
}
