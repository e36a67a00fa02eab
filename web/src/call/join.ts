/** What the control plane gives to someone who may join, or why not. */

import type { Role } from '../protocol/signalling'

export interface JoinGrant {
  callId: string
  /** Grows each time the call moves to another media node. */
  epoch: number
  mediaPath: string
  token: string
  participantId: string
  name: string
  role: Role
  title: string
}

/**
 * Asks the control plane for a new token. `lostEpoch`: that of the connection that was just lost, if one was.
 * Rejects with `JoinRefused` or `JoinUnavailable`.
 */
export type FetchGrant = (lostEpoch?: number) => Promise<JoinGrant>

/** Why joining can never succeed, however often it is tried. */
export type RefusalReason = 'not_admitted' | 'call_over' | 'replaced' | 'removed'

export class JoinRefused extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason) {
    super(`The control plane refused the join: ${reason}`)
    this.reason = reason
  }
}

/** The control plane or the network cannot serve the join now; it may be tried again. */
export class JoinUnavailable extends Error {}
