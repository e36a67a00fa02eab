import { describe, expect, it } from 'vitest'
import { JoinRefused, JoinUnavailable } from '../../call/join'
import { ApiProblem } from '../../protocol/problem'
import { toGrant } from './grant'

const refusedWith = (code: string, status: number) =>
  toGrant(Promise.reject(new ApiProblem({ code, status })))

describe('asking to join', () => {
  it.each([
    ['not_requested', 409, 'not_admitted'],
    ['not_started', 409, 'not_admitted'],
    ['replaced', 401, 'replaced'],
    ['link_ended', 410, 'call_over'],
    ['forbidden', 403, 'not_admitted'],
  ] as const)('refused with %s (%d) is final: %s', async (code, status, reason) => {
    const refusal = await refusedWith(code, status).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(JoinRefused)
    expect((refusal as JoinRefused).reason).toBe(reason)
  })

  it.each([
    ['no_media_node', 503],
    ['offline', 0],
    ['too_many', 429],
  ])('refused with %s (%d) may be tried again', async (code, status) => {
    await expect(refusedWith(code, status)).rejects.toBeInstanceOf(JoinUnavailable)
  })
})
