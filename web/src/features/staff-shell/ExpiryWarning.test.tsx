import { act, screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deadNetwork, fakeApi, refusal } from '../../testing/fake-api'
import { stubLeaving } from '../../testing/location'
import { renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'

const MINUTE_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date('2026-11-22T08:00:00Z') })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function minutes(number: number): Promise<void> {
  return act(async () => {
    await vi.advanceTimersByTimeAsync(number * MINUTE_MS)
  })
}

function left(secondsLeft: number, canBeExtended = true) {
  return { seconds_left: secondsLeft, can_be_extended: canBeExtended }
}

async function shown(expiry: unknown, renewed = 3600) {
  let reads = 0
  const server = fakeApi({
    'GET /session': () => ({ ...session, seconds_left: reads++ === 0 ? 3600 : renewed }),
    'GET /session/expiry': expiry,
  })
  renderPage(<p>innehåll</p>)
  await screen.findByText('innehåll')
  return server
}

const warning = () => screen.queryByRole('dialog', { name: 'Du loggas snart ut' })

describe('a session that is not used (L1, WCAG 2.2.1)', () => {
  it('says five minutes before its end when it ends, and goes on at a click', async () => {
    const server = await shown(left(300))
    await minutes(54)
    expect(warning()).toBeNull()
    expect(server.made('GET /session/expiry')).toHaveLength(0)
    await minutes(1.1)
    expect(warning()).toHaveTextContent('Du loggas ut kl. 10:00 om du inte fortsätter')
    await act(async () => screen.getByRole('button', { name: 'Fortsätt vara inloggad' }).click())
    await vi.waitFor(() => expect(warning()).toBeNull())
    expect(server.made('GET /session')).toHaveLength(2)
  })

  it('says nothing when it has been used meanwhile', async () => {
    const server = await shown(left(3000))
    await minutes(56)
    expect(server.made('GET /session/expiry')).toHaveLength(1)
    expect(warning()).toBeNull()
  })

  it('takes the question back when another tab went on', async () => {
    let asked = 0
    await shown(() => left(asked++ === 0 ? 300 : 3500))
    await minutes(55.1)
    expect(warning()).not.toBeNull()
    await minutes(0.6)
    expect(warning()).toBeNull()
  })

  it('asks again later when the server could not be asked', async () => {
    let down = true
    await shown(() => (down ? deadNetwork() : left(250)))
    await minutes(55.1)
    expect(warning()).toBeNull()
    down = false
    await minutes(0.6)
    expect(warning()).not.toBeNull()
  })

  it('leads to the login when it has ended', async () => {
    const assign = stubLeaving()
    await shown(refusal(401, 'not_logged_in'))
    await minutes(55.1)
    expect(assign).toHaveBeenCalledWith('/logga-in?return_to=%2F&orsak=avslutad')
  })

  it('after twelve hours only says when it ends', async () => {
    await shown(left(300, false))
    await minutes(55.1)
    expect(warning()).toHaveTextContent('tolv timmar')
    expect(screen.queryByRole('button', { name: 'Fortsätt vara inloggad' })).toBeNull()
    await act(async () => screen.getByRole('button', { name: 'Stäng' }).click())
    expect(warning()).toBeNull()
  })
})
