import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { answer, api, onLoggedOut, setCsrfToken } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { sayProblem } from '../../ui/toasts'
import type { EidProvider } from './eid-provider'
import { type Arrival, takeArrival } from './link-token'
import {
  aboutOf,
  afterFailure,
  afterLogout,
  type ClosedReason,
  closedBy,
  closedFrom,
  closedOf,
  endedBy,
  reasonOf,
  type View,
  type Visit,
} from './visit-state'

export { type Clinic, type Closed, type ClosedReason, clinicOf, type View, type Visit } from './visit-state'

export interface VisitHandle {
  visit: Visit
  /** Whose app opened the page on its way back, if one did. */
  backFromEid: EidProvider | null
  /** Reads it again; at an end when it is shown, or why it is not. */
  reload: () => Promise<void>
  /** Puts in what an action has answered. */
  show: (view: View) => void
  /** Takes the link back to this device, which another has replaced (G2). */
  takeOver: () => Promise<void>
  close: (reason: ClosedReason) => void
  /** The person has cancelled their visit, or their place in it (B11). */
  gaveUp: (view: View) => void
  /** What an action was refused with: the page changes when there is nothing left to try again here. */
  refused: (problem: ApiProblem) => void
}

/** The visitor's session: opened by the link's token, or found again by the cookie. */
export function useVisit(): VisitHandle {
  const [visit, setVisit] = useState<Visit>({ state: 'opening' })
  const [backFromEid, setBackFromEid] = useState<EidProvider | null>(null)
  const token = useRef<string | null>(null)
  const turn = useRef(0)

  const show = useCallback((view: View) => {
    turn.current += 1
    token.current = null
    setCsrfToken(view.csrf_token)
    if (view.stage !== 'identify') setBackFromEid(null)
    setVisit({ state: 'open', view })
  }, [])
  // What was asked before the end and is answered after it changes nothing.
  const close = useCallback((reason: ClosedReason, why?: ApiProblem) => {
    turn.current += 1
    setVisit((old) => closedFrom(old, reason, aboutOf(old, why)))
  }, [])
  const gaveUp = useCallback((view: View) => {
    turn.current += 1
    setVisit({ state: 'closed', reason: 'gave_up', about: closedOf(view) })
  }, [])

  const takeOver = useCallback(async () => {
    try {
      show(await answer(api.POST('/visitor/here')))
    } catch (thrown) {
      const problem = asProblem(thrown)
      setVisit((old) => closedFrom(old, closedBy(problem) ?? reasonOf(old), aboutOf(old, problem)))
      if (closedBy(problem) === undefined) sayProblem(problem)
    }
  }, [show])

  const reload = useCallback(async () => {
    const mine = ++turn.current
    const isLatest = () => mine === turn.current
    try {
      const view = await read(token.current)
      if (isLatest()) show(view)
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (isLatest()) setVisit((old) => afterFailure(old, problem))
    }
  }, [show])

  useEffect(() => {
    const arrive = (arrival: Arrival) => {
      setBackFromEid(arrival.kind === 'back_from_eid' ? arrival.provider : null)
      if (arrival.kind === 'link') {
        token.current = arrival.token
        setVisit({ state: 'opening' })
      }
      void reload()
    }
    const another = () => {
      const arrival = takeArrival(window.location, window.history)
      if (arrival.kind !== 'plain') arrive(arrival)
    }
    arrive(takeArrival(window.location, window.history))
    window.addEventListener('hashchange', another)
    return () => window.removeEventListener('hashchange', another)
  }, [reload])

  const refused = useCallback(
    (problem: ApiProblem) => {
      const reason = endedBy(problem)
      if (problem.code === 'already_admitted') void reload()
      else if (reason !== undefined) close(reason, problem)
    },
    [reload, close],
  )

  useEffect(() => onLoggedOut((code) => setVisit((old) => afterLogout(old, code))), [])
  return { visit, backFromEid, reload, show, takeOver, close, gaveUp, refused }
}

function read(token: string | null): Promise<View> {
  return token === null ? answer(api.GET('/visitor')) : answer(api.POST('/links/open', { body: { token } }))
}
