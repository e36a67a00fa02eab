import { type JoinGrant, JoinRefused, JoinUnavailable, type RefusalReason } from '../../call/join'
import type { Shape } from '../../protocol/api'
import { ApiProblem } from '../../protocol/problem'

const FINAL: Readonly<Record<string, RefusalReason>> = {
  replaced: 'replaced',
  removed: 'removed',
  not_found: 'removed',
  link_ended: 'call_over',
  link_cancelled: 'call_over',
  visit_over: 'call_over',
  not_started: 'not_admitted',
  not_requested: 'not_admitted',
}

/**
 * The join answer as the call library takes it.
 *
 * Raises JoinRefused when trying again is of no use, else JoinUnavailable.
 */
export async function toGrant(asking: Promise<Shape<'JoinAnswer'>>): Promise<JoinGrant> {
  try {
    const { call_id, epoch, media_path, participant_id, token, name, role, title } = await asking
    return {
      callId: call_id,
      epoch,
      mediaPath: media_path,
      participantId: participant_id,
      token,
      name,
      role,
      title,
    }
  } catch (error) {
    throw error instanceof ApiProblem ? refusal(error) : error
  }
}

/** The part of the question that tells which connection was just lost, if one was. */
export function lostQuery(lostEpoch: number | undefined): { lost_epoch?: number } {
  return lostEpoch === undefined ? {} : { lost_epoch: lostEpoch }
}

function refusal(problem: ApiProblem): Error {
  if (problem.retryable) return new JoinUnavailable(problem.code)
  return new JoinRefused(FINAL[problem.code] ?? 'not_admitted')
}
