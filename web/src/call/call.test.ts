import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import contract from '../../../tests/contracts/signalling.json'
import type { Notification } from '../protocol/signalling'
import { type Call, GIVE_UP_AFTER_MS } from './call'
import type { EndReason } from './call-state'
import { JoinRefused, JoinUnavailable } from './join'
import type { LocalMedia } from './local-media'
import type { FakeDevices } from './testing/fake-devices'
import type { FakeNode } from './testing/fake-node'
import { GRANT, settle, TestCall } from './testing/test-call'

const consumer = contract.notifications.newConsumer as Notification & { event: 'newConsumer' }

let test: TestCall
let node: FakeNode
let devices: FakeDevices
let media: LocalMedia
let call: Call
let fetchGrant: TestCall['fetchGrant']

beforeEach(() => {
  vi.useFakeTimers()
  test = new TestCall()
  ;({ node, devices, media, call, fetchGrant } = test)
})

afterEach(() => {
  call.leave()
  vi.useRealTimers()
})

const join = () => test.join()
const joinWithBoth = () => test.joinWithBoth()
const say = (notification: unknown) => test.say(notification)

describe('joining', () => {
  it('sends the token first, and asks for both transports without waiting for the answer', async () => {
    await join()
    expect(node.socket.methods().slice(0, 3)).toEqual(['join', 'createTransport', 'createTransport'])
    expect(node.socket.last('join')).toEqual({ token: 'first-token' })
  })

  it('opens the socket while the token is on its way', async () => {
    fetchGrant.mockImplementation(() => new Promise((resolve) => setTimeout(resolve, 500, GRANT)))
    void call.join()
    await settle()
    expect(node.sockets).toHaveLength(1)
    expect(node.socket.requests).toEqual([])
    await vi.advanceTimersByTimeAsync(500)
    expect(node.sockets).toHaveLength(1)
    expect(call.state.phase).toBe('connected')
  })

  it('goes where the control plane says, if that is elsewhere', async () => {
    fetchGrant.mockResolvedValue({ ...GRANT, mediaPath: '/elsewhere' })
    await join()
    expect(node.sockets.map(({ path, readyState }) => [path, readyState])).toEqual([
      ['/media', WebSocket.CLOSED],
      ['/elsewhere', WebSocket.OPEN],
    ])
  })

  it('is connected when subscribed, with the others in the call', async () => {
    await join()
    expect(call.state.phase).toBe('connected')
    expect(node.socket.methods()).toContain('subscribe')
    expect(call.state.participants.map(({ name, role }) => [name, role])).toEqual([['Anna A', 'patient']])
    expect(call.state.self?.name).toBe('Dr Ek')
  })

  it('works without camera and microphone', async () => {
    await join()
    expect(call.state.phase).toBe('connected')
    expect(node.socket.methods()).not.toContain('produce')
  })

  it('tries again by itself while the control plane cannot serve', async () => {
    fetchGrant.mockRejectedValueOnce(new JoinUnavailable()).mockRejectedValueOnce(new JoinUnavailable())
    void call.join()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(fetchGrant).toHaveBeenCalledTimes(3)
    expect(call.state.phase).toBe('connected')
  })

  it('ends at once when it is refused', async () => {
    fetchGrant.mockRejectedValue(new JoinRefused('not_admitted'))
    await join()
    expect(call.state).toMatchObject({ phase: 'ended', endReason: 'not_admitted' })
    expect(node.sockets.map(({ readyState, requests }) => [readyState, requests])).toEqual([
      [WebSocket.CLOSED, []],
    ])
  })

  it('gives up after a while without a connection, so that the person decides', async () => {
    fetchGrant.mockRejectedValue(new JoinUnavailable())
    void call.join()
    await vi.advanceTimersByTimeAsync(GIVE_UP_AFTER_MS + 10_000)
    expect(call.state).toMatchObject({ phase: 'ended', endReason: 'connection_lost' })
  })
})

describe('own camera and microphone', () => {
  it('are published as VP8 and Opus', async () => {
    await joinWithBoth()
    const produced = node.socket.requests.filter(({ method }) => method === 'produce').map(({ data }) => data)
    expect(produced.map(({ source, paused }) => [source, paused])).toEqual([
      ['microphone', false],
      ['camera', false],
    ])
    expect(JSON.stringify(produced[1]?.rtpParameters)).toContain('video/VP8')
  })

  it('tell the encoder what counts, also from another device', async () => {
    await joinWithBoth()
    await media.choose('camera', 'other')
    await call.screens.start()
    await settle()
    const hints = [devices.latest('audio'), devices.latest('video'), test.screen.getVideoTracks()[0]]
    expect(hints.map((track) => track?.contentHint)).toEqual(['speech', 'motion', 'detail'])
  })

  it('go off: the camera stops, so that its light goes out, and the others are told', async () => {
    await joinWithBoth()
    const camera = devices.latest('video')
    await media.setOn('camera', false)
    await settle()
    expect(camera.readyState).toBe('ended')
    expect(node.socket.methods().filter((method) => method === 'pauseProducer')).toHaveLength(1)
  })

  it('come on again on the same producer, with a new track', async () => {
    await joinWithBoth()
    await media.setOn('camera', false)
    await settle()
    await media.setOn('camera', true)
    await settle()
    expect(node.socket.methods().filter((method) => method === 'produce')).toHaveLength(2)
    expect(node.socket.methods().at(-1)).toBe('resumeProducer')
    expect(devices.latest('video').readyState).toBe('live')
  })

  it('a muted microphone keeps its device and sends nothing', async () => {
    await joinWithBoth()
    await media.setOn('microphone', false)
    await settle()
    expect(devices.latest('audio')).toMatchObject({ readyState: 'live', enabled: false })
    expect(node.socket.methods().at(-1)).toBe('pauseProducer')
  })

  it('joining muted publishes a paused microphone', async () => {
    await media.open({ microphone: true, camera: false })
    await media.setOn('microphone', false)
    await join()
    expect(node.socket.last('produce')).toMatchObject({ source: 'microphone', paused: true })
  })

  it('another device takes over without a new producer', async () => {
    await joinWithBoth()
    await media.choose('microphone', 'headset')
    await settle()
    expect(node.socket.methods().filter((method) => method === 'produce')).toHaveLength(2)
    expect(devices.asked.at(-1)?.audio).toMatchObject({ deviceId: { ideal: 'headset' } })
  })

  it('what the server refuses is told, and the call goes on', async () => {
    node.forbidden.add('produce')
    await joinWithBoth()
    expect(call.state.phase).toBe('connected')
    expect([...call.state.unpublished].sort()).toEqual(['camera', 'microphone'])
  })
})

describe('the others', () => {
  it('are seen as soon as the browser is ready, and only then sent', async () => {
    await join()
    say(consumer)
    await settle()
    const { camera } = call.state.participants[0]?.media ?? {}
    expect(camera).toMatchObject({ consumerId: 'co_77c1', paused: false })
    expect(camera?.track?.kind).toBe('video')
    expect(node.socket.last('resumeConsumer')).toEqual({ consumerId: 'co_77c1' })
  })

  it('a consumer that closes before it is ready leaves no picture', async () => {
    await join()
    say(consumer)
    say({ event: 'consumerClosed', data: { consumerId: 'co_77c1' } })
    await settle()
    expect(call.state.participants[0]?.media).toEqual({})
  })

  it('mute and unmute, are lost and come back, and leave', async () => {
    await join()
    say(consumer)
    say(contract.notifications.producerPaused)
    expect(call.state.participants[0]?.media.camera?.paused).toBe(true)
    say(contract.notifications.producerResumed)
    expect(call.state.participants[0]?.media.camera?.paused).toBe(false)
    say(contract.notifications.participantUpdated)
    expect(call.state.participants[0]?.connected).toBe(false)
    say(contract.notifications.participantLeft)
    expect(call.state.participants).toEqual([])
  })

  it('who joins later is there once, also when told twice', async () => {
    node.participants = []
    await join()
    say(contract.notifications.participantJoined)
    say(contract.notifications.participantJoined)
    expect(call.state.participants.map(({ id }) => id)).toEqual(['p_2bq8'])
  })
})

describe('the chat of the call (C6)', () => {
  const fromAnna = (clientId: string) => ({
    event: 'chat',
    data: { participantId: 'p_2bq8', name: 'Anna A', text: 'Hej', clientId, sentAtMs: 1 },
  })

  it('counts what others write while it is closed, and nothing after it is opened', async () => {
    await join()
    say(fromAnna('a1'))
    say(fromAnna('a2'))
    expect(call.state.chat.unread).toBe(2)
    call.chat.open()
    say(fromAnna('a3'))
    expect(call.state.chat.unread).toBe(0)
    expect(call.state.chat.entries).toHaveLength(3)
  })

  it('shows an own line at once, once, and never as unread', async () => {
    await join()
    call.chat.write('  Hej Anna  ')
    const clientId = String(node.socket.last('sendChat')?.clientId)
    expect(call.state.chat.entries).toMatchObject([{ text: 'Hej Anna', state: 'sending', mine: true }])
    say({
      event: 'chat',
      data: { participantId: 'p_7xk2', name: 'Dr Ek', text: 'Hej Anna', clientId, sentAtMs: 5 },
    })
    expect(call.state.chat.entries).toMatchObject([{ state: 'sent', sentAtMs: 5 }])
    expect(call.state.chat.unread).toBe(0)
  })

  it('says which line was not sent, and sends it again when asked', async () => {
    await join()
    node.forbidden.add('sendChat')
    call.chat.write('Hej')
    await settle()
    expect(call.state.chat.entries[0]?.state).toBe('failed')
    node.forbidden.clear()
    call.chat.resend(call.state.chat.entries[0]?.clientId ?? '')
    expect(call.state.chat.entries[0]?.state).toBe('sending')
  })

  it('is empty after the call', async () => {
    await join()
    say(fromAnna('a1'))
    call.leave()
    expect(call.state.chat.entries).toEqual([])
  })
})

describe('the end', () => {
  it('by leaving says so, and lets go of camera and microphone', async () => {
    await joinWithBoth()
    call.leave()
    expect(call.state).toMatchObject({ phase: 'ended', endReason: 'left' })
    expect(node.socket.methods().at(-1)).toBe('leave')
    expect(devices.tracks.map((track) => track.readyState)).toEqual(['ended', 'ended'])
  })

  it('for all says so', async () => {
    await join()
    call.endForAll()
    expect(node.socket.methods().at(-1)).toBe('endCall')
    expect(call.state.endReason).toBe('ended_by_staff')
  })

  it.each<EndReason>(['ended_by_staff', 'no_staff', 'ended_by_control'])(
    'from the server: %s',
    async (reason) => {
      await join()
      say({ event: 'callEnded', data: { reason } })
      expect(call.state).toMatchObject({ phase: 'ended', endReason: reason })
    },
  )

  it('while still joining stops trying', async () => {
    fetchGrant.mockRejectedValue(new JoinUnavailable())
    void call.join()
    await settle()
    call.leave()
    const tried = fetchGrant.mock.calls.length
    await vi.advanceTimersByTimeAsync(30_000)
    expect(fetchGrant.mock.calls.length).toBe(tried)
  })
})
