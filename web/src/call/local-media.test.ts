import type { FakeMediaStreamTrack } from 'fake-mediastreamtrack'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { LocalMedia } from './local-media'
import { FakeDevices } from './testing/fake-devices'

let devices: FakeDevices
let media: LocalMedia

beforeEach(() => {
  devices = new FakeDevices()
  media = new LocalMedia(devices, localStorage)
})

const pullOut = (track: MediaStreamTrack) => (track as unknown as FakeMediaStreamTrack).remoteStop()
const BOTH = { microphone: true, camera: true }
const settle = () =>
  vi.waitFor(() => expect(media.state.camera.opening || media.state.microphone.opening).toBe(false))

describe('opening camera and microphone (C2)', () => {
  it('asks the person once for both', async () => {
    await media.open(BOTH)
    expect(devices.asked).toHaveLength(1)
    expect([media.state.microphone.on, media.state.camera.on]).toEqual([true, true])
  })

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'unavailable'],
  ])('a camera that fails with %s is %s, and the microphone works all the same', async (name, problem) => {
    devices.failing.video = name
    await media.open(BOTH)
    expect(media.state.camera).toMatchObject({ on: false, track: null, problem })
    expect(media.state.microphone).toMatchObject({ on: true, problem: null })
  })

  it('on a page without access to devices tells so', async () => {
    media = new LocalMedia(undefined, localStorage)
    await media.open(BOTH)
    expect(media.state.camera.problem).toBe('unavailable')
  })

  it('succeeds when tried again after the person has allowed it', async () => {
    devices.failing.video = 'NotAllowedError'
    await media.open(BOTH)
    delete devices.failing.video
    await media.open({ microphone: false, camera: true })
    expect(media.state.camera).toMatchObject({ on: true, problem: null })
  })

  it('lists devices by kind, without the alias that Chrome adds', async () => {
    devices.listed = [
      { kind: 'audioinput', deviceId: 'communications', label: 'Kommunikation' },
      { kind: 'audioinput', deviceId: 'm1', label: 'Headset' },
      { kind: 'videoinput', deviceId: 'c1', label: 'Kamera' },
      { kind: 'audiooutput', deviceId: 's1', label: 'Högtalare' },
    ]
    await media.open(BOTH)
    expect(media.state.devices).toEqual({
      microphone: [{ id: 'm1', label: 'Headset' }],
      camera: [{ id: 'c1', label: 'Kamera' }],
      speaker: [{ id: 's1', label: 'Högtalare' }],
    })
  })
})

describe('a chosen device', () => {
  it('is asked for, and remembered for the next visit', async () => {
    await media.open(BOTH)
    await media.choose('camera', 'c2')
    expect(devices.asked.at(-1)?.video).toMatchObject({ deviceId: { ideal: 'c2' } })
    const next = new LocalMedia(devices, localStorage)
    expect(next.state.choices.camera).toBe('c2')
  })

  it('lets go of the camera before it, as phones cannot have two open', async () => {
    await media.open(BOTH)
    const first = devices.latest('video')
    await media.choose('camera', 'c2')
    expect(first.readyState).toBe('ended')
    expect(media.state.camera.track).toBe(devices.latest('video'))
  })

  it('stays muted if the microphone was', async () => {
    await media.open(BOTH)
    await media.setOn('microphone', false)
    await media.choose('microphone', 'm2')
    expect(media.state.microphone.on).toBe(false)
    expect(devices.latest('audio').enabled).toBe(false)
  })

  it('that is stored in a way that cannot be read is no choice', () => {
    localStorage.setItem('vardrum.devices', '{"camera": 7')
    expect(new LocalMedia(devices, localStorage).state.choices).toEqual({})
  })
})

describe('a microphone that is muted while the browser still opens it', () => {
  it('opens muted', async () => {
    const opening = media.open({ microphone: true, camera: false })
    void media.setOn('microphone', false)
    await opening
    expect(media.state.microphone.on).toBe(false)
    expect(devices.latest('audio').enabled).toBe(false)
    await media.setOn('microphone', true)
    expect(media.state.microphone.on).toBe(true)
  })
})

describe('a device that is pulled out', () => {
  it('gives way to another one', async () => {
    await media.open(BOTH)
    const first = devices.latest('video')
    pullOut(first)
    await settle()
    expect(media.state.camera).toMatchObject({ on: true, problem: null })
    expect(media.state.camera.track).not.toBe(first)
  })

  it('is said to be gone when there is no other', async () => {
    await media.open(BOTH)
    devices.failing.audio = 'NotFoundError'
    const first = devices.latest('audio')
    pullOut(first)
    await settle()
    expect(media.state.microphone).toMatchObject({ on: false, problem: 'missing' })
  })
})

describe('the end', () => {
  it('lets go of everything, also of what the person allows too late', async () => {
    const opening = media.open(BOTH)
    media.close()
    await opening
    expect(devices.tracks.every((track) => track.readyState === 'ended')).toBe(true)
    expect(media.state.camera.track).toBeNull()
  })
})
