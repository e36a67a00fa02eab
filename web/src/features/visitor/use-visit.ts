import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { answer, api, onLoggedOut, type Shape, setCsrfToken } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { sayProblem } from '../../ui/toasts'
import type { EidProvider } from './eid-provider'
import { type Arrival, takeArrival } from './link-token'

export type View = Shape<'VisitorView'>

/** Whose visit it is, and the number to call; each may be unknown and empty. */
export interface Clinic {
  name: string
  phone: string
}

/** What is still known of a visit whose page is closed. */
export interface Closed {
  orgName: string
  clinic: Clinic
  form: View['form']
  /** When it was to be; null when only the link is known. */
  starts_at: string | null
}

export type ClosedReason =
  | 'no_link'
  | 'unknown'
  | 'expired'
  | 'ended'
  | 'cancelled'
  | 'replaced'
  | 'too_many'
  | 'may_not_act'
  | 'left'
  | 'removed'
  | 'gave_up'

export type Visit =
  | { state: 'opening' }
  | { state: 'open'; view: View }
  | { state: 'closed'; reason: ClosedReason; about: Closed | null }
  | { state: 'failed'; problem: ApiProblem }

export interface VisitHandle {
  visit: Visit
  /** Whose app opened the page on its way back, if one did. */
  backFromEid: EidProvider | null
  reload: () => void
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

const CLOSED_BY: Readonly<Record<string, ClosedReason>> = {
  link_unknown: 'unknown',
  link_expired: 'expired',
  link_ended: 'ended',
  link_cancelled: 'cancelled',
  guardian_may_not_act: 'may_not_act',
  not_logged_in: 'no_link',
  replaced: 'replaced',
  removed: 'removed',
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
    setVisit({ state: 'open', view })
  }, [])
  // What was asked before the end and is answered after it changes nothing.
  const close = useCallback((reason: ClosedReason) => {
    turn.current += 1
    setVisit((old) => ({ state: 'closed', reason, about: aboutOf(old) }))
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
      setVisit((old) => ({
        state: 'closed',
        reason: closedBy(problem) ?? reasonOf(old),
        about: aboutOf(old, problem),
      }))
      if (closedBy(problem) === undefined) sayProblem(problem)
    }
  }, [show])

  const reload = useCallback(() => {
    const mine = ++turn.current
    const isLatest = () => mine === turn.current
    read(token.current).then(
      (view) => isLatest() && show(view),
      (thrown) => isLatest() && setVisit((old) => afterFailure(old, asProblem(thrown))),
    )
  }, [show])

  useEffect(() => {
    const arrive = (arrival: Arrival) => {
      setBackFromEid(arrival.kind === 'back_from_eid' ? arrival.provider : null)
      if (arrival.kind === 'link') {
        token.current = arrival.token
        setVisit({ state: 'opening' })
      }
      reload()
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
      const reason = CLOSED_BY[problem.code]
      if (problem.code === 'already_admitted') reload()
      else if (reason !== undefined)
        setVisit((old) => ({ state: 'closed', reason, about: aboutOf(old, problem) }))
    },
    [reload],
  )

  useEffect(() => onLoggedOut((code) => setVisit((old) => afterLogout(old, code))), [])
  return { visit, backFromEid, reload, show, takeOver, close, gaveUp, refused }
}

export function clinicOf(view: View): Clinic {
  return { name: view.unit_name || view.org_name, phone: view.contact_phone }
}

function closedOf(view: View): Closed {
  return { orgName: view.org_name, clinic: clinicOf(view), form: view.form, starts_at: view.starts_at }
}

/** From the page that was open, or from the refusal of a dead link. */
function aboutOf(old: Visit, problem?: ApiProblem): Closed | null {
  if (old.state === 'open') return closedOf(old.view)
  if (problem?.sender) {
    const { name, phone, form } = problem.sender
    return { orgName: name, clinic: { name, phone }, form, starts_at: null }
  }
  return old.state === 'closed' ? old.about : null
}

function read(token: string | null): Promise<View> {
  return token === null ? answer(api.GET('/visitor')) : answer(api.POST('/links/open', { body: { token } }))
}

function closedBy(problem: ApiProblem): ClosedReason | undefined {
  return problem.status === 429 ? 'too_many' : CLOSED_BY[problem.code]
}

function reasonOf(visit: Visit): ClosedReason {
  return visit.state === 'closed' ? visit.reason : 'replaced'
}

/** A page that is open stays open when reading it again fails for a moment. */
function afterFailure(old: Visit, problem: ApiProblem): Visit {
  const reason = closedBy(problem)
  if (reason !== undefined && !isOver(old)) return { state: 'closed', reason, about: aboutOf(old, problem) }
  return old.state === 'open' ? old : { state: 'failed', problem }
}

function afterLogout(old: Visit, code: string): Visit {
  if (isOver(old)) return old
  return { state: 'closed', reason: CLOSED_BY[code] ?? 'no_link', about: aboutOf(old) }
}

/** The session ends with the visit; the page still says that it has ended. */
function isOver(visit: Visit): boolean {
  return visit.state === 'open' && visit.view.stage === 'ended'
}
