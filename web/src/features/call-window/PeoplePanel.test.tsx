import { render, screen, within } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { INITIAL_STATE, type RemoteMedia, type RemoteParticipant } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { PeoplePanel } from './PeoplePanel'

const FINE = { on: true, opening: false, track: null, problem: null }
const MEDIA = { microphone: FINE, camera: FINE } as LocalMediaState
const voice = (paused: boolean): RemoteMedia => ({
  consumerId: 'c',
  producerId: 'p',
  kind: 'audio',
  track: null,
  paused,
  held: false,
})
const person = (name: string, changes: Partial<RemoteParticipant> = {}): RemoteParticipant => ({
  id: name,
  name,
  role: 'patient',
  connected: true,
  media: { microphone: voice(false) },
  screens: [],
  ...changes,
})

function draw(participants: RemoteParticipant[], changes: Partial<Parameters<typeof PeoplePanel>[0]> = {}) {
  const asked = { onPin: vi.fn(), onMute: vi.fn() }
  const self = { id: 'me', name: 'Karin Ek', role: 'staff', permissions: [] } as const
  const qualities = { Anna: { id: 'Anna', up: 4, down: 5 } as const }
  render(
    <PeoplePanel
      state={{ ...INITIAL_STATE, self, participants, qualities }}
      media={MEDIA}
      pinned={null}
      mayMute
      onClose={() => undefined}
      {...asked}
      {...changes}
    />,
  )
  return asked
}

const row = (name: string) => within(screen.getByText(name).closest('li') as HTMLElement)

describe('the list of participants (C4k)', () => {
  it('tells role, microphone, camera and connection in words', () => {
    draw([person('Anna')])
    expect(row('Anna').getByText('Patient')).toBeVisible()
    expect(row('Anna').getByText('Bra kvalitet')).toBeVisible()
    expect(row('Anna').getByRole('img', { name: 'Mikrofonen på' })).toBeVisible()
    expect(row('Anna').getByRole('img', { name: 'Kameran av' })).toBeVisible()
    expect(screen.getByText(/Karin Ek \(du\)/)).toBeVisible()
  })

  it('pins, and lets go', async () => {
    const { onPin } = draw([person('Anna'), person('Bo')], { pinned: 'Bo' })
    await userEvent.click(screen.getByRole('button', { name: 'Fäst Anna', pressed: false }))
    await userEvent.click(screen.getByRole('button', { name: 'Fäst Bo', pressed: true }))
    expect(onPin.mock.calls).toEqual([['Anna'], [null]])
  })

  it('lets staff mute whose microphone is on', async () => {
    const { onMute } = draw([person('Anna'), person('Bo', { media: { microphone: voice(true) } })])
    await userEvent.click(screen.getByRole('button', { name: 'Stäng av mikrofonen för Anna' }))
    expect(onMute).toHaveBeenCalledWith('Anna')
    expect(screen.getByRole('button', { name: 'Fäst Anna' })).toHaveFocus()
    expect(screen.queryByRole('button', { name: 'Stäng av mikrofonen för Bo' })).toBeNull()
  })

  it('has no such button for others', () => {
    draw([person('Anna')], { mayMute: false })
    expect(screen.queryByRole('button', { name: /Stäng av mikrofonen/ })).toBeNull()
  })
})
