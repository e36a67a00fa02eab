import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import contract from '../../../tests/contracts/signalling.json'
import type { Notification } from '../protocol/signalling'
import { ARRIVAL_MS, LINGER_MS } from './hand-over'
import { JoinUnavailable } from './join'
import type { FakeSocket } from './testing/fake-node'
import { GRANT, settle, TestCall } from './testing/test-call'

const NEXT = { ...GRANT, epoch: 2, token: 'second-token' }
const MINUTE_MS = 60_000
const picture = contract.notifications.newConsumer as Notification & { event: 'newConsumer' }
const pictureOnNext = { ...picture, data: { ...picture.data, id: 'co_next', producerId: 'pr_next' } }
const ANNA = picture.data.participantId

let test: TestCall
let phases: Set<string>
let flowing: () => void

beforeEach(async () => {
  vi.useFakeTimers()
  test = new TestCall()
  phases = new Set()
  await test.joinWithBoth()
  test.say(picture)
  await settle()
  test.call.subscribe(() => phases.add(test.call.state.phase))
  test.fetchGrant.mockResolvedValue(NEXT)
  const flow = new Promise<void>((resolve) => {
    flowing = resolve
  })
  test.whenFlowing = () => flow
})

afterEach(() => {
  test.call.leave()
  vi.useRealTimers()
})

const former = () => test.node.sockets[0] as FakeSocket
const next = () => test.node.sockets[1] as FakeSocket
const shown = () => test.call.state.participants.find(({ id }) => id === ANNA)?.media.camera?.consumerId
const produced = (socket: FakeSocket) => socket.methods().filter((method) => method === 'produce').length

async function askedToMove(deadlineMs = MINUTE_MS): Promise<void> {
  former().notify({ event: 'moveRequested', data: { deadlineMs } })
  await settle()
}

async function annaOnNext(): Promise<void> {
  next().notify(pictureOnNext)
  await settle()
}

async function moved(): Promise<void> {
  await askedToMove()
  await annaOnNext()
  flowing()
  await settle()
}

describe('a call that is asked to move', () => {
  it('joins the next node with a new token and sends the same there, while the former goes on', async () => {
    await askedToMove()
    expect(next().last('join')).toEqual({ token: 'second-token' })
    expect([produced(former()), produced(next())]).toEqual([2, 2])
    expect(former().readyState).toBe(WebSocket.OPEN)
  })

  it('shows the former connection until the next one gives a picture, and then the next', async () => {
    await askedToMove()
    await annaOnNext()
    expect(shown()).toBe('co_77c1')
    flowing()
    await settle()
    expect(shown()).toBe('co_next')
  })

  it('never says that it reconnects', async () => {
    await moved()
    expect([...phases]).toEqual(['connected'])
  })

  it('leaves the former node after a while, for those who change later', async () => {
    await moved()
    expect(former().methods()).not.toContain('leave')
    await vi.advanceTimersByTimeAsync(LINGER_MS)
    expect(former().methods().at(-1)).toBe('leave')
    expect(former().readyState).toBe(WebSocket.CLOSED)
    expect(next().readyState).toBe(WebSocket.OPEN)
  })

  it('waits for a person who has not come yet, but not for ever', async () => {
    test.node.participants = []
    await askedToMove()
    expect(shown()).toBe('co_77c1')
    await vi.advanceTimersByTimeAsync(ARRIVAL_MS)
    expect(test.call.state.participants).toEqual([])
    expect(test.call.state.phase).toBe('connected')
  })

  it('keeps the former node while there is no other, and asks again', async () => {
    test.fetchGrant.mockResolvedValue({ ...NEXT, epoch: 1 })
    await askedToMove()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(test.node.sockets).toHaveLength(1)
    test.fetchGrant.mockResolvedValue(NEXT)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(next().last('join')).toEqual({ token: 'second-token' })
  })

  it('stays where it is while the control plane cannot serve', async () => {
    test.fetchGrant.mockRejectedValue(new JoinUnavailable())
    await askedToMove()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(test.call.state.phase).toBe('connected')
    expect(shown()).toBe('co_77c1')
  })

  it('tries again when the next node is lost before it carries', async () => {
    await askedToMove()
    next().drop(1006)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(test.node.sockets).toHaveLength(3)
    expect([...phases]).toEqual(['connected'])
    expect(shown()).toBe('co_77c1')
  })

  it('goes on to a third node when the next is itself to end', async () => {
    await askedToMove()
    next().notify({ event: 'moveRequested', data: { deadlineMs: MINUTE_MS } })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(test.node.sockets).toHaveLength(3)
  })

  it('is asked once, however often it is told', async () => {
    await askedToMove()
    await askedToMove()
    expect(test.node.sockets).toHaveLength(2)
  })

  it('changes at once when the former node ends early, if the next has been joined', async () => {
    await askedToMove()
    await annaOnNext()
    former().drop(1012)
    await settle()
    expect(shown()).toBe('co_next')
    expect([...phases]).toEqual(['connected'])
  })

  it('comes back as after any loss when the former node ends before there is another', async () => {
    test.fetchGrant.mockRejectedValue(new JoinUnavailable())
    await askedToMove()
    test.fetchGrant.mockResolvedValue(NEXT)
    former().drop(1012)
    await vi.advanceTimersByTimeAsync(1_000)
    expect([...phases]).toContain('reconnecting')
    expect(test.call.state.phase).toBe('connected')
  })

  it('can move again', async () => {
    await moved()
    test.fetchGrant.mockResolvedValue({ ...NEXT, epoch: 3, token: 'third-token' })
    next().notify({ event: 'moveRequested', data: { deadlineMs: MINUTE_MS } })
    await settle()
    expect(test.node.socket.last('join')).toEqual({ token: 'third-token' })
  })
})

describe('while a call moves', () => {
  it('muting reaches both nodes', async () => {
    await askedToMove()
    await test.media.setOn('microphone', false)
    await settle()
    expect(former().methods().at(-1)).toBe('pauseProducer')
    expect(next().methods().at(-1)).toBe('pauseProducer')
  })

  it('a muted microphone is muted on the next node from the start', async () => {
    await test.media.setOn('microphone', false)
    await settle()
    await askedToMove()
    const microphone = next().requests.find(({ data }) => data.source === 'microphone')
    expect(microphone?.data.paused).toBe(true)
  })

  it('who has changed already, and leaves the former node, stays on the screen', async () => {
    await askedToMove()
    await annaOnNext()
    former().notify({ event: 'consumerClosed', data: { consumerId: 'co_77c1' } })
    former().notify({ event: 'participantLeft', data: { id: ANNA, reason: 'left' } })
    expect(shown()).toBe('co_77c1')
  })

  it('who leaves the call is gone, by whichever node it is told first', async () => {
    await askedToMove()
    former().notify({ event: 'participantLeft', data: { id: ANNA, reason: 'left' } })
    next().notify({ event: 'participantLeft', data: { id: ANNA, reason: 'left' } })
    expect(test.call.state.participants).toEqual([])
  })

  it('chat is read from both nodes', async () => {
    await askedToMove()
    for (const [socket, clientId] of [
      [former(), 'a1'],
      [next(), 'a2'],
    ] as const)
      socket.notify({
        event: 'chat',
        data: { participantId: ANNA, name: 'Anna A', text: 'Hej', clientId, sentAtMs: 1 },
      })
    expect(test.call.state.chat.entries.map(({ clientId }) => clientId)).toEqual(['a1', 'a2'])
  })

  it('the end for all is said to the former node too, while some may still be on it', async () => {
    await moved()
    test.call.endForAll()
    expect([former().methods(), next().methods()].map((methods) => methods.includes('endCall'))).toEqual([
      true,
      true,
    ])
  })

  it('a mute is said to both nodes', async () => {
    await askedToMove()
    test.call.muteParticipant('p_patient')
    const muted = { participantId: 'p_patient' }
    expect([former().last('muteParticipant'), next().last('muteParticipant')]).toEqual([muted, muted])
  })

  it('ends when the next node knows that the call is over', async () => {
    test.node.silent.add('join')
    await askedToMove()
    next().drop(4410)
    await settle()
    expect(test.call.state).toMatchObject({ phase: 'ended', endReason: 'call_over' })
  })

  it.each(['leave', 'endCall'] as const)('%s is said to both nodes', async (method) => {
    await askedToMove()
    if (method === 'leave') test.call.leave()
    else test.call.endForAll()
    expect(former().methods().at(-1)).toBe(method)
    expect(next().methods().at(-1)).toBe(method)
    expect(test.node.sockets.map(({ readyState }) => readyState)).toEqual([3, 3])
  })
})

describe('a lost connection', () => {
  it('tells the control plane which one, so that it asks that node whether it is there', async () => {
    expect(test.fetchGrant).toHaveBeenLastCalledWith(undefined)
    former().drop(1006)
    await settle()
    expect(test.fetchGrant).toHaveBeenLastCalledWith(1)
  })

  it('after a move is the one that the call moved to', async () => {
    test.node.epoch = 2
    await moved()
    next().drop(1006)
    await settle()
    expect(test.fetchGrant).toHaveBeenLastCalledWith(2)
  })

  it('is told of also when the node could not even be joined', async () => {
    test.node.silent.add('join')
    former().drop(1006)
    await settle()
    test.fetchGrant.mockResolvedValue({ ...NEXT, epoch: 3 })
    next().drop(1012)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(test.fetchGrant).toHaveBeenLastCalledWith(2)
  })
})
