import { describe, expect, it } from 'vitest'
import { inboundLevel, isAudible, ownLevel, readSample, type StatsEntry } from './quality'

const inbound = (changes: StatsEntry): StatsEntry => ({
  type: 'inbound-rtp',
  kind: 'video',
  trackIdentifier: 'face',
  packetsReceived: 0,
  packetsLost: 0,
  jitter: 0,
  totalFreezesDuration: 0,
  ...changes,
})
const START = readSample(0, [], [inbound({})])
const aSecondLater = (changes: StatsEntry, send: StatsEntry[] = []) =>
  readSample(1_000, send, [inbound(changes)])

describe('the quality of what arrives', () => {
  it.each([
    ['good', { packetsReceived: 100 }],
    ['good', { packetsReceived: 99, packetsLost: 1 }],
    ['fair', { packetsReceived: 95, packetsLost: 5 }],
    ['poor', { packetsReceived: 80, packetsLost: 20 }],
    ['fair', { packetsReceived: 100, jitter: 0.06 }],
    ['poor', { packetsReceived: 100, totalFreezesDuration: 0.5 }],
  ] as const)('is %s with %j in a second', (level, changes) => {
    expect(inboundLevel(START, aSecondLater(changes), ['face'])).toBe(level)
  })

  it('is not known when nothing was sent, as from a paused camera', () => {
    expect(inboundLevel(START, aSecondLater({}), ['face'])).toBeNull()
  })

  it('counts from the sample before, not from the start of the call', () => {
    const lossyOnce = aSecondLater({ packetsReceived: 50, packetsLost: 50 })
    const since = readSample(2_000, [], [inbound({ packetsReceived: 150, packetsLost: 50 })])
    expect(inboundLevel(lossyOnce, since, ['face'])).toBe('good')
  })

  it('takes a report that goes backwards (late packets) as no loss', () => {
    const before = aSecondLater({ packetsReceived: 50, packetsLost: 10 })
    const since = readSample(2_000, [], [inbound({ packetsReceived: 150, packetsLost: 2 })])
    expect(inboundLevel(before, since, ['face'])).toBe('good')
  })
})

describe('the quality of the own connection', () => {
  const pair = (currentRoundTripTime: number): StatsEntry => ({
    type: 'candidate-pair',
    nominated: true,
    currentRoundTripTime,
  })

  it('suffers from what the server says did not arrive', () => {
    const remote: StatsEntry = { type: 'remote-inbound-rtp', fractionLost: 0.2 }
    expect(ownLevel(START, aSecondLater({ packetsReceived: 100 }, [remote]))).toBe('poor')
  })

  it('suffers from a long round trip', () => {
    expect(ownLevel(START, aSecondLater({ packetsReceived: 100 }, [pair(0.05)]))).toBe('good')
    expect(ownLevel(START, aSecondLater({ packetsReceived: 100 }, [pair(0.5)]))).toBe('fair')
    expect(ownLevel(START, aSecondLater({ packetsReceived: 100 }, [pair(0.9)]))).toBe('poor')
  })
})

describe('who is heard', () => {
  it('is who is louder than a quiet room', () => {
    expect(isAudible(1, 1.02, 1_000)).toBe(true)
    expect(isAudible(1, 1.00001, 1_000)).toBe(false)
    expect(isAudible(1, 1, 0)).toBe(false)
  })
})
