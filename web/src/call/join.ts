/** What the control plane gives to someone who may join, or why not. */

import type { Role } from '../protocol/signalling'

export interface JoinGrant {
  callId: string
  mediaPath: string
  token: string
  participantId: string
  name: string
  role: Role
  title: string
}

/** Why joining can never succeed, however often it is tried. */
export type RefusalReason = 'not_admitted' | 'call_over' | 'replaced'

export class JoinRefused extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason) {
    super(`The control plane refused the join: ${reason}`)
    this.reason = reason
  }
}

/** The control plane or the network cannot serve the join now; it may be tried again. */
export class JoinUnavailable extends Error {}
