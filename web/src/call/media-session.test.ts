import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler'
import { afterEach, describe, expect, it, vi } from 'vitest'
import contract from '../../../tests/contracts/signalling.json'
import { MediaSession } from './media-session'
import { FakeWebRtc } from './testing/fake-devices'
import { FakeNode } from './testing/fake-node'

const handlers = {
  onJoined: vi.fn(),
  onNotification: vi.fn(),
  onTrack: vi.fn(),
  onUnpublished: vi.fn(),
  onLost: vi.fn(),
}

async function joined() {
  const webRtc = new FakeWebRtc()
  const device = await webRtc.loadDevice()
  const created = vi.spyOn(device, 'createSendTransport')
  const session = new MediaSession(device, new FakeNode().openSocket('/media'), handlers)
  await session.start('token')
  webRtc.setState('connected')
  return { session, created }
}

afterEach(() => vi.restoreAllMocks())

describe('the relays that a transport may use', () => {
  it('are those of the join', async () => {
    const { created } = await joined()
    expect(created.mock.lastCall?.[0].iceServers).toEqual(contract.answers.join.data.iceServers)
  })

  it('are told to the browser anew before it looks for a new path', async () => {
    const steps: unknown[] = []
    vi.spyOn(FakeHandler.prototype, 'updateIceServers').mockImplementation(async (servers) => {
      steps.push(servers)
    })
    vi.spyOn(FakeHandler.prototype, 'restartIce').mockImplementation(async () => {
      steps.push('restart')
    })
    const { session } = await joined()
    session.networkChanged()
    await vi.waitFor(() => expect(steps).toHaveLength(4))
    const fresh = contract.answers.restartIce.data.iceServers
    expect(steps).toEqual([fresh, fresh, 'restart', 'restart'])
  })
})

it('what the node tells right after the join is told after it', async () => {
  const told: string[] = []
  const device = await new FakeWebRtc().loadDevice()
  vi.spyOn(device, 'load').mockImplementation(() => new Promise(() => undefined))
  const socket = new FakeNode().openSocket('/media')
  const session = new MediaSession(device, socket, {
    ...handlers,
    onJoined: () => told.push('joined'),
    onNotification: ({ event }) => told.push(event),
  })
  void session.start('token')
  await new Promise((resolve) => setTimeout(resolve))
  socket.say(contract.notifications.participantJoined)
  expect(told).toEqual(['joined', 'participantJoined'])
})
