import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { ApiProblem } from '../../protocol/problem'
import { EidFlow, type EidMethod, MAX_RENEWALS } from './eid-flow'

type View = Shape<'EidView'>

const pending = (qr: string | null, hint_code = 'outstandingTransaction', text_id = 'RFA1'): View => ({
  provider: 'bankid',
  status: 'pending',
  hint_code,
  text_id,
  qr,
  auto_start_token: 'a-s-t',
})
const failed = (hint_code: string, text_id: string): View => ({
  ...pending(null, hint_code, text_id),
  status: 'failed',
})
const COMPLETE: View = { ...pending(null), status: 'complete' }
const problem = (code: string, status: number) => new ApiProblem({ code, status })

const start = vi.fn<() => Promise<View>>()
const collect = vi.fn<(opened: boolean) => Promise<View>>()
const cancel = vi.fn<() => Promise<unknown>>()
let flow: EidFlow

function begin(method: EidMethod = 'qr'): EidFlow {
  flow = new EidFlow({ start, collect, cancel }, method)
  return flow
}

beforeEach(() => {
  vi.useFakeTimers()
  start.mockReset().mockResolvedValue(pending('qr-0'))
  collect.mockReset().mockResolvedValue(pending('qr-1'))
  cancel.mockReset().mockResolvedValue(undefined)
})

afterEach(() => {
  flow.stop(false)
  vi.useRealTimers()
})

const second = () => vi.advanceTimersByTimeAsync(1_000)

describe('identification by BankID (G6)', () => {
  it('shows a new QR code each second', async () => {
    await begin().start()
    expect(flow.state).toMatchObject({ phase: 'pending', qr: 'qr-0' })
    await second()
    expect(flow.state).toMatchObject({ phase: 'pending', qr: 'qr-1' })
    collect.mockResolvedValue(pending('qr-2'))
    await second()
    expect(flow.state).toMatchObject({ qr: 'qr-2' })
  })

  it('is complete when the server says so, and asks no more', async () => {
    await begin().start()
    collect.mockResolvedValue(COMPLETE)
    await second()
    expect(flow.state.phase).toBe('complete')
    await second()
    expect(collect).toHaveBeenCalledTimes(1)
  })

  it("says when it was another person's BankID, and lets one try again", async () => {
    await begin().start()
    collect.mockRejectedValue(problem('wrong_person', 403))
    await second()
    expect(flow.state.phase).toBe('wrong_person')
    await flow.start()
    expect(flow.state.phase).toBe('pending')
  })

  it('says why it failed in the words that BankID recommends', async () => {
    await begin().start()
    collect.mockResolvedValue(failed('userCancel', 'RFA6'))
    await second()
    expect(flow.state).toEqual({ phase: 'failed', textId: 'RFA6' })
  })

  it('renews a code that nobody scanned in time, a bounded number of times', async () => {
    await begin().start()
    collect.mockResolvedValue(failed('startFailed', 'RFA17B'))
    for (let round = 0; round < MAX_RENEWALS; round++) await second()
    expect(flow.state.phase).toBe('pending')
    expect(start).toHaveBeenCalledTimes(1 + MAX_RENEWALS)
    await second()
    expect(flow.state).toEqual({ phase: 'failed', textId: 'RFA17B' })
  })

  it('does not renew an order that was started on this device', async () => {
    await begin('same_device').start()
    collect.mockResolvedValue(failed('expiredTransaction', 'RFA8'))
    await second()
    expect(flow.state).toEqual({ phase: 'failed', textId: 'RFA8' })
  })

  it('goes on polling while the phone has the app in front and no network for the page', async () => {
    await begin('same_device').start()
    collect.mockRejectedValue(problem('offline', 0))
    for (let polls = 0; polls < 10; polls++) await second()
    expect(flow.state.phase).toBe('pending')
    collect.mockResolvedValue(COMPLETE)
    await second()
    expect(flow.state.phase).toBe('complete')
  })

  it('says that BankID does not answer when it cannot be started', async () => {
    start.mockRejectedValue(problem('eid_unavailable', 503))
    await begin().start()
    expect(flow.state.phase).toBe('unavailable')
  })

  it('goes on polling while the provider stumbles, a bounded number of times', async () => {
    await begin().start()
    collect.mockRejectedValue(problem('eid_unavailable', 503))
    for (let polls = 0; polls < 4; polls++) await second()
    expect(flow.state.phase).toBe('pending')
    await second()
    expect(flow.state.phase).toBe('unavailable')
  })

  it('tells the server when the app was opened here, for the words', async () => {
    await begin('same_device').start()
    await second()
    flow.opened = true
    await second()
    expect(collect.mock.calls).toEqual([[false], [true]])
  })

  it('goes on with the order when the app comes back to a fresh page', async () => {
    collect.mockResolvedValue(COMPLETE)
    await begin('same_device').resume()
    expect(flow.state.phase).toBe('complete')
    expect(start).not.toHaveBeenCalled()
  })

  it('begins anew when there is no order left to go on with', async () => {
    collect.mockRejectedValueOnce(problem('no_order', 409))
    await begin('same_device').resume()
    expect(start).toHaveBeenCalledTimes(1)
    expect(flow.state.phase).toBe('pending')
  })

  it('withdraws the order when the person leaves, and stops asking', async () => {
    await begin().start()
    flow.stop(true)
    await second()
    expect(cancel).toHaveBeenCalledTimes(1)
    expect(collect).not.toHaveBeenCalled()
  })

  it('keeps the order when the person leaves for the app', async () => {
    await begin('same_device').start()
    flow.stop(false)
    expect(cancel).not.toHaveBeenCalled()
  })

  it('goes on when the page that was left is shown again', async () => {
    await begin('same_device').start()
    flow.stop(false)
    collect.mockResolvedValue(COMPLETE)
    await flow.resume()
    expect(flow.state.phase).toBe('complete')
  })

  it('withdraws nothing that has ended', async () => {
    await begin().start()
    collect.mockResolvedValue(COMPLETE)
    await second()
    flow.stop(true)
    expect(cancel).not.toHaveBeenCalled()
  })
})
