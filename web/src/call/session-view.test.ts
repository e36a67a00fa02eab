import { FakeMediaStreamTrack } from 'fake-mediastreamtrack'
import { describe, expect, it } from 'vitest'
import type { RemoteMedia, RemoteParticipant } from './call-state'
import { hasArrived, inPlaceOf } from './session-view'

const all = () => true
const none = () => false

function live(id: string, kind: RemoteMedia['kind'], changes: Partial<RemoteMedia> = {}): RemoteMedia {
  const track = new FakeMediaStreamTrack({ kind }) as MediaStreamTrack
  return { consumerId: id, producerId: `pr_${id}`, kind, track, paused: false, held: false, ...changes }
}

function person(id: string, media: RemoteParticipant['media'] = {}, screens: RemoteMedia[] = []) {
  return { id, name: id, role: 'guest', connected: true, media, screens } satisfies RemoteParticipant
}

describe('nobody would be missed', () => {
  it('when each voice and picture of before flows', () => {
    const before = [person('a', { microphone: live('1', 'audio'), camera: live('2', 'video') })]
    const after = [person('a', { microphone: live('3', 'audio'), camera: live('4', 'video') })]
    expect(hasArrived(before, after, all)).toBe(true)
    expect(hasArrived(before, after, (id) => id === '3')).toBe(false)
    expect(hasArrived(before, after, none)).toBe(false)
  })

  it.each([
    ['who has not come', [person('b')]],
    ['whose camera is not there', [person('a')]],
    ['whose camera has no track yet', [person('a', { camera: live('3', 'video', { track: null }) })]],
    ['whose camera is held back', [person('a', { camera: live('3', 'video', { held: true }) })]],
  ])('but for one %s', (_, after) => {
    expect(hasArrived([person('a', { camera: live('2', 'video') })], after, all)).toBe(false)
  })

  it.each([
    ['is muted', { paused: true }],
    ['has no room', { held: true }],
    ['was never shown', { track: null }],
  ])('by a picture that %s already', (_, changes) => {
    expect(hasArrived([person('a', { camera: live('2', 'video', changes) })], [person('a')], all)).toBe(true)
  })

  it('when who was lost already has not come', () => {
    expect(hasArrived([{ ...person('a'), connected: false }], [], all)).toBe(true)
  })

  it('only when every shared screen has come too', () => {
    const before = [person('a', { camera: live('1', 'video') }, [live('2', 'video')])]
    expect(hasArrived(before, [person('a', { camera: live('3', 'video') })], all)).toBe(false)
  })
})

describe('the next view', () => {
  it('has everyone in the place they had, and who is new last', () => {
    const after = [person('c'), person('b'), person('a')]
    expect(inPlaceOf([person('a'), person('b')], after).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('calls each shared screen what it was called, also after a second move', () => {
    const before = [person('a', {}, [live('1', 'video'), live('2', 'audio'), live('3', 'video')])]
    const after = [person('a', {}, [live('4', 'video'), live('5', 'video'), live('6', 'video')])]
    const [moved] = inPlaceOf(before, after)
    expect(moved?.screens.map(({ key }) => key)).toEqual(['pr_1', 'pr_3', undefined])
    const again = inPlaceOf([moved as RemoteParticipant], [person('a', {}, [live('7', 'video')])])
    expect(again[0]?.screens[0]?.key).toBe('pr_1')
  })
})
