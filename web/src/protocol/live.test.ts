import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeSocket } from '../testing/fake-socket'
import { LiveSocket, type LiveState } from './live'
import type { LiveMessage } from './live-messages'

let live: LiveSocket
let states: LiveState[]
let messages: LiveMessage[]

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.install()
  live = new LiveSocket('staff')
  states = []
  messages = []
  live.onState((state) => states.push(state))
  live.onMessage((message) => messages.push(message))
  live.open()
})

afterEach(() => {
  live.close()
  vi.useRealTimers()
})

describe('the live socket', () => {
  it('connects as the session it is for', () => {
    expect(FakeSocket.latest.url).toBe('ws://localhost:3000/live?as=staff')
  })

  it('passes on what it knows and passes over what it does not', () => {
    FakeSocket.latest.open()
    FakeSocket.latest.tell({ type: 'visit.changed', visit_id: 'v1', version: 7 })
    FakeSocket.latest.tell({ type: 'visit.changed' })
    FakeSocket.latest.tell({ type: 'news.of.tomorrow' })
    FakeSocket.latest.tell('not json')
    expect(messages).toEqual([{ type: 'visit.changed', visit_id: 'v1', version: 7 }])
  })

  it('watches its visits again after a loss', () => {
    live.watch('v1')
    FakeSocket.latest.open()
    FakeSocket.latest.close()
    vi.advanceTimersByTime(1_000)
    FakeSocket.latest.open()
    expect(FakeSocket.all).toHaveLength(2)
    expect(FakeSocket.latest.sent).toEqual([{ action: 'watch', visit_id: 'v1' }])
    expect(states).toEqual(['open', 'lost', 'open'])
  })

  it('unwatches when the last watcher stops', () => {
    FakeSocket.latest.open()
    const stops = [live.watch('v1'), live.watch('v1')]
    for (const stop of stops) stop()
    expect(FakeSocket.latest.sent).toEqual([
      { action: 'watch', visit_id: 'v1' },
      { action: 'unwatch', visit_id: 'v1' },
    ])
  })

  it('waits longer each time the server is away, and never longer than 15 s', () => {
    for (let attempt = 0; attempt < 12; attempt++) {
      FakeSocket.latest.close()
      vi.advanceTimersByTime(15_000)
    }
    expect(FakeSocket.all).toHaveLength(13)
    vi.spyOn(Math, 'random').mockReturnValue(0)
    FakeSocket.latest.close()
    vi.advanceTimersByTime(7_000)
    expect(FakeSocket.all).toHaveLength(13)
  })

  it('finds a dead connection by an unanswered ping', () => {
    FakeSocket.latest.open()
    vi.advanceTimersByTime(4 * 60_000)
    expect(FakeSocket.latest.sent).toEqual([{ action: 'ping' }])
    vi.advanceTimersByTime(8_000)
    expect(states).toEqual(['open', 'lost'])
  })

  it('stays when the ping is answered', () => {
    FakeSocket.latest.open()
    vi.advanceTimersByTime(4 * 60_000)
    FakeSocket.latest.tell({ type: 'pong' })
    vi.advanceTimersByTime(8_000)
    expect(states).toEqual(['open'])
  })

  it('opens anew when a visit could not be watched for now, and not when it may not be watched', () => {
    FakeSocket.latest.open()
    FakeSocket.latest.tell({ type: 'error', code: 'not_found' })
    expect(states).toEqual(['open'])
    FakeSocket.latest.tell({ type: 'error', code: 'internal' })
    vi.advanceTimersByTime(1_000)
    expect(states).toEqual(['open', 'lost'])
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('comes back at once when the network does', () => {
    FakeSocket.latest.open()
    FakeSocket.latest.close()
    window.dispatchEvent(new Event('online'))
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('stays away when the session has ended', () => {
    FakeSocket.latest.open()
    FakeSocket.latest.tell({ type: 'session.ended', reason: 'logged_out' })
    vi.advanceTimersByTime(60_000)
    expect(FakeSocket.all).toHaveLength(1)
    expect(states).toEqual(['open', 'closed'])
  })
})
