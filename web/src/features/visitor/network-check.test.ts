import { describe, expect, it } from 'vitest'
import { checkNetwork, type NetworkDoors } from './network-check'

const doors = (changes: Partial<NetworkDoors> = {}): NetworkDoors => ({
  ask: async () => undefined,
  knock: async () => undefined,
  now: () => 0,
  ...changes,
})
const fails = async () => {
  throw new Error('no way through')
}

/** A clock that has gone on so far at each look. */
const clock = (stepMs: number) => {
  let now = 0
  return () => {
    now += stepMs
    return now
  }
}

describe('the network of the equipment test (B11)', () => {
  it('is good when server and media service answer', async () => {
    expect(await checkNetwork(doors())).toBe('good')
  })

  it('is slow when the answer takes long', async () => {
    expect(await checkNetwork(doors({ now: clock(2_000) }))).toBe('slow')
  })

  it('lets no calls through when the media service takes no connection', async () => {
    expect(await checkNetwork(doors({ knock: fails, now: clock(2_000) }))).toBe('blocked')
  })

  it('is none when the server does not answer', async () => {
    expect(await checkNetwork(doors({ ask: fails }))).toBe('offline')
  })
})
