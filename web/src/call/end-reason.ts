/** Whether a loss is final, and why. */

import type { CloseReason } from '../protocol/signalling'
import { RequestRefused, SocketClosed } from '../protocol/signalling-socket'
import type { EndReason } from './call-state'
import { JoinRefused } from './join'
import { BrowserUnsupported } from './mediasoup'

/** Without `left`: who leaves has ended the call already, and Firefox says the same when the page is reloaded. */
export const FINAL: Partial<Record<CloseReason, EndReason>> = {
  replaced: 'replaced',
  removed: 'removed',
  call_ended: 'call_over',
}

/** The reason why it is of no use to try again, or null. */
export function endReasonOf(error: unknown): EndReason | null {
  if (error instanceof JoinRefused) return error.reason
  if (error instanceof BrowserUnsupported) return 'unsupported'
  if (error instanceof SocketClosed) return FINAL[error.reason] ?? null
  if (error instanceof RequestRefused && error.code === 'forbidden') return 'not_admitted'
  return null
}
