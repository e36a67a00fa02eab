import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from './call'
import type { EndReason } from './call-state'
import { JoinUnavailable } from './join'
import type { LocalMedia } from './local-media'
import type { FakeWebRtc } from './testing/fake-devices'
import type { FakeNode } from './testing/fake-node'
import { GRANT, settle, TestCall } from './testing/test-call'

let test: TestCall
let node: FakeNode
let webRtc: FakeWebRtc
let media: LocalMedia
let call: Call
let fetchGrant: TestCall['fetchGrant']

beforeEach(() => {
  vi.useFakeTimers()
  test = new TestCall()
  ;({ node, webRtc, media, call, fetchGrant } = test)
})

afterEach(() => {
  call.leave()
  vi.useRealTimers()
})

const join = () => test.join()
const joinWithBoth = () => test.joinWithBoth()

describe('a lost connection (C10)', () => {
  it('comes back with a new token and publishes again', async () => {
    await joinWithBoth()
    fetchGrant.mockResolvedValue({ ...GRANT, token: 'second-token' })
    node.socket.drop(1006)
    expect(call.state.phase).toBe('reconnecting')
    await settle()
    expect(call.state.phase).toBe('connected')
    expect(node.sockets).toHaveLength(2)
    expect(node.socket.last('join')).toEqual({ token: 'second-token' })
    expect(node.socket.methods().filter((method) => method === 'produce')).toHaveLength(2)
  })

  it.each([1000, 1001, 1012, 4401, 4429])('is tried again after close code %d', async (code) => {
    await join()
    node.socket.drop(code)
    await settle()
    expect(call.state.phase).toBe('connected')
  })

  it.each<[number, EndReason]>([
    [4409, 'replaced'],
    [4410, 'call_over'],
    [4430, 'removed'],
  ])('is final after close code %d: %s', async (code, reason) => {
    await join()
    node.socket.drop(code)
    await settle()
    expect(call.state).toMatchObject({ phase: 'ended', endReason: reason })
    expect(node.sockets).toHaveLength(1)
  })

  it('does not slip into another call that was started meanwhile', async () => {
    await join()
    fetchGrant.mockResolvedValue({ ...GRANT, callId: 'c_other' })
    node.socket.drop(1006)
    await settle()
    expect(call.state).toMatchObject({ phase: 'ended', endReason: 'call_over' })
  })

  it('keeps the mute state', async () => {
    await joinWithBoth()
    await media.setOn('microphone', false)
    node.socket.drop(1006)
    await settle()
    const muted = node.socket.requests.find(({ data }) => data.source === 'microphone')
    expect(muted?.data).toMatchObject({ paused: true })
  })

  it('does not wait for its turn when the network is back', async () => {
    await join()
    fetchGrant.mockRejectedValue(new JoinUnavailable())
    node.socket.drop(1006)
    await vi.advanceTimersByTimeAsync(20_000)
    fetchGrant.mockResolvedValue(GRANT)
    test.networkChanges()
    await settle()
    expect(call.state.phase).toBe('connected')
  })

  it('is noticed when a request gets no answer', async () => {
    await joinWithBoth()
    node.silent.add('pauseProducer')
    await media.setOn('microphone', false)
    await vi.advanceTimersByTimeAsync(8_100)
    expect(node.sockets).toHaveLength(2)
    expect(call.state.phase).toBe('connected')
  })
})

describe('the network path', () => {
  const restarts = () => node.socket.methods().filter((method) => method === 'restartIce').length

  it('is looked for anew when the network changes, in the same connection', async () => {
    await joinWithBoth()
    webRtc.setState('connected')
    test.networkChanges()
    await settle()
    expect(restarts()).toBe(2)
    expect(node.sockets).toHaveLength(1)
  })

  it('is left alone while disconnected for a moment, as Safari says it when it renegotiates', async () => {
    await joinWithBoth()
    webRtc.setState('disconnected')
    await vi.advanceTimersByTimeAsync(1_500)
    webRtc.setState('connected')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(restarts()).toBe(0)
  })

  it('is restarted when it stays disconnected', async () => {
    await joinWithBoth()
    webRtc.setState('disconnected')
    await vi.advanceTimersByTimeAsync(3_500)
    expect(restarts()).toBe(2)
    webRtc.setState('connected')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(node.sockets).toHaveLength(1)
  })

  it('that no restart brings back is replaced by a new connection', async () => {
    await joinWithBoth()
    webRtc.setState('failed')
    await vi.advanceTimersByTimeAsync(13_000)
    expect(node.sockets).toHaveLength(2)
    expect(call.state.phase).toBe('connected')
  })
})
