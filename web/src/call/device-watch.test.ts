import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DeviceLimit } from '../protocol/signalling'
import { DeviceWatch, limitOf, type StatsEntry } from './device-watch'

const sent = (qualityLimitationReason: string): StatsEntry => ({
  type: 'outbound-rtp',
  qualityLimitationReason,
})

let reason: string | null
let told: DeviceLimit[]
let watch: DeviceWatch

beforeEach(() => {
  vi.useFakeTimers()
  reason = 'none'
  told = []
  watch = new DeviceWatch((limit) => told.push(limit))
  watch.start({
    sendStats: async () =>
      reason === null ? null : (new Map([['v', sent(reason)]]) as unknown as RTCStatsReport),
  })
})

afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000)

describe('a computer that cannot keep up', () => {
  it('is told of after five seconds', async () => {
    reason = 'cpu'
    await seconds(4)
    expect(told).toEqual([])
    await seconds(1)
    expect(told).toEqual(['cpu'])
  })

  it('is told of once, and once that it keeps up again', async () => {
    reason = 'cpu'
    await seconds(20)
    reason = 'none'
    await seconds(20)
    expect(told).toEqual(['cpu', 'none'])
  })

  it('is no news when it is busy for a moment', async () => {
    reason = 'cpu'
    await seconds(3)
    reason = 'bandwidth'
    await seconds(1)
    reason = 'cpu'
    await seconds(3)
    expect(told).toEqual([])
  })

  it('is told of again on a new connection', async () => {
    reason = 'cpu'
    await seconds(6)
    watch.start({ sendStats: async () => new Map([['v', sent('cpu')]]) as unknown as RTCStatsReport })
    await seconds(5)
    expect(told).toEqual(['cpu', 'cpu'])
  })

  it('is not guessed while there are no figures', async () => {
    reason = null
    await seconds(10)
    expect(told).toEqual([])
  })
})

describe('the limit', () => {
  it('is the processor when it holds back any layer', () => {
    expect(limitOf([sent('none'), sent('cpu')])).toBe('cpu')
    expect(limitOf([sent('bandwidth'), { type: 'inbound-rtp' }])).toBe('none')
  })
})
