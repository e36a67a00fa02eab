import type { FakeMediaStreamTrack } from 'fake-mediastreamtrack'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import contract from '../../../tests/contracts/signalling.json'
import type { Notification } from '../protocol/signalling'
import type { Call } from './call'
import type { LocalMedia } from './local-media'
import { sharedScreen } from './testing/fake-devices'
import type { FakeNode } from './testing/fake-node'
import { settle, TestCall } from './testing/test-call'

const consumer = contract.notifications.newConsumer as Notification & { event: 'newConsumer' }

let test: TestCall
let node: FakeNode
let media: LocalMedia
let call: Call

beforeEach(() => {
  vi.useFakeTimers()
  test = new TestCall()
  ;({ node, media, call } = test)
})

afterEach(() => {
  call.leave()
  vi.useRealTimers()
})

const join = () => test.join()
const joinWithBoth = () => test.joinWithBoth()
const say = (notification: unknown) => test.say(notification)
const pullOut = (track: MediaStreamTrack | undefined) =>
  (track as unknown as FakeMediaStreamTrack | undefined)?.remoteStop()

describe('shared screens (C5)', () => {
  const produced = () =>
    node.socket.requests
      .filter(({ method, data }) => method === 'produce' && data.source === 'screen')
      .map(({ data }) => data)
  const closed = () => node.socket.methods().filter((method) => method === 'closeProducer').length

  it('are streams of their own, several at once', async () => {
    await joinWithBoth()
    await call.screens.start()
    test.screen = sharedScreen()
    await call.screens.start()
    await settle()
    expect(produced()).toHaveLength(2)
    expect(node.socket.last('produce')).toMatchObject({ kind: 'video', source: 'screen', paused: false })
  })

  it('take along what the tab plays', async () => {
    test.screen = sharedScreen({ sound: true })
    await join()
    await call.screens.start()
    await settle()
    expect(produced().map(({ kind }) => kind)).toEqual(['video', 'audio'])
    call.screens.stopAll()
    await settle()
    expect(closed()).toBe(2)
  })

  it('end by the button, and leave camera and microphone alone', async () => {
    await joinWithBoth()
    await call.screens.start()
    await settle()
    call.screens.stop(call.screens.state[0]?.id ?? '')
    await settle()
    expect(closed()).toBe(1)
    expect(node.socket.methods()).not.toContain('pauseProducer')
  })

  it("end by the browser's own button", async () => {
    await join()
    await call.screens.start()
    await settle()
    pullOut(test.screen.getVideoTracks()[0])
    await settle()
    expect(call.screens.state).toEqual([])
    expect(closed()).toBe(1)
  })

  it('are shared again after a lost connection', async () => {
    await join()
    await call.screens.start()
    await settle()
    node.socket.drop(1006)
    await settle()
    expect(node.sockets).toHaveLength(2)
    expect(produced()).toHaveLength(1)
  })

  it('that the node refuses stop, and it is told', async () => {
    await join()
    node.forbidden.add('produce')
    await call.screens.start()
    await settle()
    expect(call.screens.state).toEqual([])
    expect(call.state.unpublished).toEqual(['screen'])
  })

  it('of others stand beside their camera, each until it closes', async () => {
    await join()
    const of = (id: string) => ({
      ...consumer,
      data: { ...consumer.data, id, producerId: `of ${id}`, source: 'screen' },
    })
    say(consumer)
    say(of('first'))
    say(of('second'))
    await settle()
    const consumers = () => call.state.participants[0]?.screens.map(({ consumerId }) => consumerId)
    expect(consumers()).toEqual(['first', 'second'])
    say({ event: 'consumerClosed', data: { consumerId: 'first' } })
    expect(consumers()).toEqual(['second'])
    expect(call.state.participants[0]?.media.camera).toBeDefined()
  })
})

describe('muting by staff (C4)', () => {
  it('is asked of the node', async () => {
    await join()
    call.muteParticipant('p_2bq8')
    expect(node.socket.last('muteParticipant')).toEqual({ participantId: 'p_2bq8' })
  })

  it('turns the microphone off and says who did it, until the muted person turns it on', async () => {
    await joinWithBoth()
    say(contract.notifications.muted)
    await settle()
    expect(media.state.microphone.on).toBe(false)
    expect(call.state.mutedBy).toBe(contract.notifications.muted.data.byName)
    expect(node.socket.methods()).not.toContain('resumeProducer')
    await media.setOn('microphone', true)
    await settle()
    expect(node.socket.methods().at(-1)).toBe('resumeProducer')
    expect(call.state.mutedBy).toBeNull()
  })

  it('lasts over a lost connection', async () => {
    await joinWithBoth()
    say(contract.notifications.muted)
    await settle()
    node.socket.drop(1006)
    await settle()
    expect(call.state.mutedBy).not.toBeNull()
    const microphone = node.socket.requests.find(({ data }) => data.source === 'microphone')
    expect(microphone?.data.paused).toBe(true)
  })

  it('is seen by the others as any mute', async () => {
    await join()
    say({ ...consumer, data: { ...consumer.data, source: 'microphone', kind: 'audio' } })
    const { producerPaused } = contract.notifications
    say({ ...producerPaused, data: { ...producerPaused.data, byParticipantId: 'p_7xk2' } })
    expect(call.state.participants[0]?.media.microphone?.paused).toBe(true)
  })
})

describe('what the node tells of the call', () => {
  it('who speaks, and that nobody does', async () => {
    await join()
    say(contract.notifications.activeSpeaker)
    expect(call.state.speaker).toBe(contract.notifications.activeSpeaker.data.participantId)
    say({ event: 'activeSpeaker', data: { participantId: null } })
    expect(call.state.speaker).toBeNull()
  })

  it('how well each is connected, keeping what has not changed', async () => {
    await join()
    const scores = (id: string, up: number) => ({
      event: 'connectionQuality',
      data: { participants: [{ id, up, down: 5, cause: null }] },
    })
    say(scores('p_2bq8', 2))
    say(scores('p_7xk2', 4))
    expect(call.state.qualities).toMatchObject({ p_2bq8: { up: 2 }, p_7xk2: { up: 4 } })
  })

  it('that a picture has no room, and that it has again', async () => {
    await join()
    say(consumer)
    say(contract.notifications.consumerPaused)
    expect(call.state.participants[0]?.media.camera?.held).toBe(true)
    call.showHeld('co_77c1')
    expect(node.socket.last('resumeConsumer')).toEqual({ consumerId: 'co_77c1' })
    say(contract.notifications.consumerResumed)
    expect(call.state.participants[0]?.media.camera?.held).toBe(false)
  })
})

describe('pictures that are not shown', () => {
  it('are hidden at the node', async () => {
    await join()
    say(consumer)
    await vi.advanceTimersByTimeAsync(300)
    expect(node.socket.last('setConsumerView')).toMatchObject({ consumerId: 'co_77c1', width: 0, height: 0 })
  })

  it('are not, once they are shown', async () => {
    await join()
    say(consumer)
    call.views.show('co_77c1', { width: 640, height: 480, pinned: true })
    await vi.advanceTimersByTimeAsync(300)
    const told = node.socket.requests.filter(({ method }) => method === 'setConsumerView')
    expect(told.map(({ data }) => data)).toEqual([
      { consumerId: 'co_77c1', width: 640, height: 480, pinned: true },
    ])
  })
})
