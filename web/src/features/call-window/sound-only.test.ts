import { describe, expect, it } from 'vitest'
import type { RemoteMedia, RemoteParticipant } from '../../call/call-state'
import { heldPictures, isSoundOnly } from './sound-only'

const SEEN = { isHidden: () => false }
const picture = (consumerId: string, changes: Partial<RemoteMedia> = {}): RemoteMedia => ({
  consumerId,
  producerId: consumerId,
  kind: 'video',
  track: null,
  paused: false,
  held: true,
  ...changes,
})
const people = (...cameras: RemoteMedia[]): RemoteParticipant[] =>
  cameras.map((camera) => ({
    id: camera.consumerId,
    name: camera.consumerId,
    role: 'guest',
    connected: true,
    media: { camera },
    screens: [],
  }))

describe('sound only', () => {
  it.each([
    ['every picture has no room', true, [picture('a'), picture('b')]],
    ['one picture still comes', false, [picture('a'), picture('b', { held: false })]],
    ['no camera is on', false, [picture('a', { held: false, paused: true })]],
    [
      'a camera that is off does not count',
      true,
      [picture('a'), picture('b', { held: false, paused: true })],
    ],
  ])('when %s: %s', (_, expected, cameras) => {
    expect(isSoundOnly(people(...cameras), SEEN)).toBe(expected)
  })

  it('when the only picture that comes is not looked at', () => {
    const hidden = { isHidden: (id: string) => id === 'b' }
    expect(isSoundOnly(people(picture('a'), picture('b', { held: false })), hidden)).toBe(true)
  })

  it('knows which pictures to ask for', () => {
    expect(heldPictures(people(picture('a'), picture('b', { held: false })))).toEqual(['a'])
  })
})
