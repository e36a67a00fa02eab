/** What the visitor's page is about: a visit that is open, or why it is closed and what is still known of it. Pure. */

import type { Shape } from '../../protocol/api'
import type { ApiProblem } from '../../protocol/problem'

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
  role: View['role']
  /** When it was to be; null when only the link is known. */
  starts_at: string | null
}

export type ClosedReason =
  | 'no_link'
  | 'unknown'
  | 'expired'
  | 'newer_link'
  | 'ended'
  | 'cancelled'
  | 'replaced'
  | 'too_many'
  | 'may_not_act'
  | 'left'
  | 'logged_out'
  | 'removed'
  | 'gave_up'

export type Visit =
  | { state: 'opening' }
  | { state: 'open'; view: View }
  | { state: 'closed'; reason: ClosedReason; about: Closed | null }
  | { state: 'failed'; problem: ApiProblem }

const CLOSED_BY: Readonly<Record<string, ClosedReason>> = {
  link_unknown: 'unknown',
  link_expired: 'expired',
  link_ended: 'ended',
  link_cancelled: 'cancelled',
  link_replaced: 'newer_link',
  guardian_may_not_act: 'may_not_act',
  not_logged_in: 'no_link',
  replaced: 'replaced',
  removed: 'removed',
}

export function clinicOf(view: View): Clinic {
  return { name: view.unit_name || view.org_name, phone: view.contact_phone }
}

export function closedOf(view: View): Closed {
  const { org_name, form, role, starts_at } = view
  return { orgName: org_name, clinic: clinicOf(view), form, role, starts_at }
}

/** From the page that was open, or from the refusal of a dead link. */
export function aboutOf(old: Visit, problem?: ApiProblem): Closed | null {
  if (old.state === 'open') return closedOf(old.view)
  if (problem?.sender) {
    const { name, phone, form, role } = problem.sender
    return { orgName: name, clinic: { name, phone }, form, role, starts_at: null }
  }
  return old.state === 'closed' ? old.about : null
}

/** Why there is nothing left to try, if there is not. */
export function endedBy({ code }: ApiProblem): ClosedReason | undefined {
  return CLOSED_BY[code]
}

/** Why a page that is being opened stays closed; too many attempts may be made later. */
export function closedBy(problem: ApiProblem): ClosedReason | undefined {
  return problem.status === 429 ? 'too_many' : endedBy(problem)
}

/** A session that is not there any more has ended where a page was open, and elsewhere there was none. */
export function closedFrom(old: Visit, reason: ClosedReason, about: Closed | null): Visit {
  const wasIn = old.state === 'open' || (old.state === 'closed' && old.reason === 'logged_out')
  return { state: 'closed', reason: reason === 'no_link' && wasIn ? 'logged_out' : reason, about }
}

export function reasonOf(visit: Visit): ClosedReason {
  return visit.state === 'closed' ? visit.reason : 'replaced'
}

/** A page that is open stays open when reading it again fails for a moment. */
export function afterFailure(old: Visit, problem: ApiProblem): Visit {
  const reason = closedBy(problem)
  if (reason !== undefined && !isOver(old)) return closedFrom(old, reason, aboutOf(old, problem))
  return old.state === 'open' ? old : { state: 'failed', problem }
}

export function afterLogout(old: Visit, code: string): Visit {
  return isOver(old) ? old : closedFrom(old, CLOSED_BY[code] ?? 'no_link', aboutOf(old))
}

/** The session ends with the visit; the page still says that it has ended. */
function isOver(visit: Visit): boolean {
  return visit.state === 'open' && visit.view.stage === 'ended'
}
