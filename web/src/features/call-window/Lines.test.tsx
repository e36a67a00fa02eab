import { act, render, screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type CallState, INITIAL_STATE, type RemoteParticipant } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import type { ParticipantQuality } from '../../protocol/signalling'
import { Lines } from './Lines'

const FINE = { on: true, opening: false, track: null, problem: null }
const MEDIA: LocalMediaState = {
  microphone: FINE,
  camera: FINE,
  devices: { microphone: [], camera: [], speaker: [] },
  choices: {},
}
const ANNA: RemoteParticipant = {
  id: 'anna',
  name: 'Anna Alm',
  role: 'patient',
  connected: true,
  media: {},
  screens: [],
}
const CONNECTED: CallState = {
  ...INITIAL_STATE,
  phase: 'connected',
  self: { id: 'me', name: 'Karin Ek', role: 'staff', permissions: [] },
  participants: [ANNA],
}

function draw(state: Partial<CallState>, props: Partial<Parameters<typeof Lines>[0]> = {}) {
  const asked = { onUnmute: vi.fn(), onShowPictures: vi.fn() }
  render(
    <Lines
      state={{ ...CONNECTED, ...state }}
      media={MEDIA}
      soundBlocked={false}
      soundOnly={null}
      shareFailed={false}
      onUnblock={() => undefined}
      {...asked}
      {...props}
    />,
  )
  return asked
}

const said = () => screen.getByRole('status').textContent
const scores = (...each: ParticipantQuality[]) => ({
  qualities: Object.fromEntries(each.map((quality) => [quality.id, quality])),
})

afterEach(() => {
  vi.useRealTimers()
})

describe('who is muted by staff (C4c)', () => {
  it('is told by whom, and may unmute', async () => {
    const { onUnmute } = draw({ mutedBy: 'Karin Ek' })
    expect(said()).toContain('Karin Ek har stängt av din mikrofon.')
    await userEvent.click(screen.getByRole('button', { name: 'Slå på mikrofonen' }))
    expect(onUnmute).toHaveBeenCalled()
  })
})

describe('sound only (C11)', () => {
  it.each([
    ['forced', 'bara ljud just nu', 'Visa bild ändå'],
    ['chosen', 'Du har valt endast ljud', 'Visa bilder'],
  ] as const)('%s is seen, and can be left', async (soundOnly, text, button) => {
    const { onShowPictures } = draw({}, { soundOnly })
    expect(said()).toContain(text)
    await userEvent.click(screen.getByRole('button', { name: button }))
    expect(onShowPictures).toHaveBeenCalled()
  })
})

describe('a weak connection', () => {
  it.each([
    [{ up: 1, down: 5, cause: 'uplink' }, 'Anna Alms uppkoppling är svag: bilden därifrån kan hacka'],
    [{ up: 5, down: 2, cause: 'downlink' }, 'Anna Alms uppkoppling är svag: bilden pausas, ljudet går före'],
    [{ up: 2, down: 5, cause: 'device' }, 'Anna Alms dator eller telefon hinner inte med'],
    [{ up: 2, down: 5 }, 'Svag uppkoppling hos Anna Alm'],
  ] as const)('of another with %j says: %s', (quality, text) => {
    draw(scores({ id: 'anna', ...quality }))
    expect(said()).toContain(text)
  })

  it.each([
    { up: 3, down: 3, cause: 'uplink' },
    { up: 5, down: 2 },
    { up: null, down: null, cause: null },
  ] as const)('is not spoken of with %j', (quality) => {
    draw(scores({ id: 'anna', ...quality }))
    expect(said()).toBe('')
  })

  it('of another is news for a while', () => {
    vi.useFakeTimers()
    draw(scores({ id: 'anna', up: 1, down: 5, cause: 'uplink' }))
    expect(said()).not.toBe('')
    act(() => {
      vi.advanceTimersByTime(20_000)
    })
    expect(said()).toBe('')
  })

  it.each([
    [{ up: 1, down: 5 }, 'Stänger du av kameran hörs du bättre'],
    [{ up: 5, down: 1 }, 'bilder pausas, ljudet går före'],
    [{ up: 5, down: 5, cause: 'device' }, 'hinner inte med'],
  ] as const)('of the own with %j says what helps: %s', (quality, text) => {
    draw(scores({ id: 'me', ...quality }))
    expect(said()).toContain(text)
  })
})

describe('a screen that could not be shared', () => {
  it('is said', () => {
    draw({}, { shareFailed: true })
    expect(said()).toContain('Skärmen kunde inte delas')
  })

  it('is said when the server refuses it', () => {
    draw({ unpublished: ['screen'] })
    expect(said()).toContain('Din skärm kunde inte delas i det här samtalet')
  })
})
