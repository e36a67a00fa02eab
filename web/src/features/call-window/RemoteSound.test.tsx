import { render } from '@testing-library/preact'
import { FakeMediaStreamTrack } from 'fake-mediastreamtrack'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RemoteParticipant } from '../../call/call-state'
import type { Playback } from '../../call/playback'
import { RemoteSound } from './RemoteSound'

const stop = vi.fn()
const playback = { play: vi.fn(() => stop), useSpeaker: vi.fn(async () => undefined) }

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.clearAllMocks()
})

function anna(id: string): RemoteParticipant {
  const track = new FakeMediaStreamTrack({ kind: 'audio', id }) as MediaStreamTrack
  const microphone = {
    consumerId: id,
    producerId: id,
    kind: 'audio',
    track,
    paused: false,
    held: false,
  } as const
  return { id: 'anna', name: 'Anna', role: 'patient', connected: true, media: { microphone }, screens: [] }
}

function sound(people: RemoteParticipant[]) {
  return (
    <RemoteSound participants={people} playback={playback as unknown as Playback} speakerId={undefined} />
  )
}

it('a voice that comes by another track is played by both for a moment, and then by the new one alone', async () => {
  const { container, rerender } = render(sound([anna('before')]))
  rerender(sound([anna('after')]))
  expect(container.querySelectorAll('audio')).toHaveLength(2)
  expect(stop).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(100)
  expect(container.querySelectorAll('audio')).toHaveLength(1)
  expect(stop).toHaveBeenCalledTimes(1)
})

it('the voice of who leaves stops at once', () => {
  const { container, rerender } = render(sound([anna('before')]))
  rerender(sound([]))
  expect(container.querySelectorAll('audio')).toHaveLength(0)
})
