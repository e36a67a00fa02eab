import { screen, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { liveSocket, renderPage } from '../../testing/render-page'
import { child, guardian, patient, session, visit, waitingBooking } from '../../testing/shapes'
import { PendingPage } from './PendingPage'

const NUMBER = '19571121-2893'
const SEND = 'Skapa besöket och skicka inbjudan'
let bookings: Shape<'PendingBooking'>[]
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T08:31:00Z'), toFake: ['Date'] })
  bookings = [waitingBooking()]
  replies = {
    'GET /session': session,
    'GET /pending-bookings': () => ({ bookings }),
    'GET /patients/pat-1': patient,
    'POST /pending-bookings/b1/complete': visit(),
  }
  server = fakeApi(replies)
})

afterEach(() => vi.useRealTimers())

const open = () => renderPage(<PendingPage bookingId="b1" />, '/komplettera/b1')
const isDone = () => vi.waitFor(() => expect(window.location.search).toBe('?datum=2026-11-23'))

describe('completing a booking of another system (V3)', () => {
  // First: what is said is there for six seconds.
  it('says once that it is done, when the news of it comes before the answer', async () => {
    const said = () => screen.queryAllByText('Bokningen är klar. Inbjudan är på väg.').length
    bookings = [waitingBooking({ missing: 'ombud', patient_id: 'pat-2' })]
    replies['GET /patients/pat-2'] = { ...child, guardians: [guardian()] }
    const { user } = open()
    const socket = await liveSocket()
    const send = await screen.findByRole('button', { name: SEND })
    let answered = false
    replies['POST /pending-bookings/b1/complete'] = async () => {
      bookings = []
      socket.tell({ type: 'agenda.changed' })
      await isDone()
      answered = true
      return visit()
    }
    await user.click(send)
    await vi.waitFor(() => expect(answered).toBe(true))
    await new Promise((resolve) => setTimeout(resolve))
    expect(said()).toBe(1)
  })

  it('creates the patient from its number, asked for on purpose, and is done when the booking is', async () => {
    replies['POST /pending-bookings/b1/number'] = { number: NUMBER }
    replies['POST /patients/register'] = { ...patient, problem: null }
    replies['POST /patients'] = () => {
      bookings = []
      return patient
    }
    const { user } = open()
    await user.click(await screen.findByRole('button', { name: 'Hämta uppgifter' }))
    await user.type(await screen.findByLabelText('Mobilnummer'), '070-174 06 07')
    await user.click(screen.getByRole('button', { name: 'Skapa patient' }))
    await isDone()
    expect(server.made('POST /patients')[0]?.body).toMatchObject({ number: NUMBER })
    expect(window.location.href).not.toContain('1957')
  })

  it('asks for the number that a known patient lacks', async () => {
    bookings = [waitingBooking({ missing: 'contact', patient_id: 'pat-1', name: 'Bo Berg' })]
    replies['GET /patients/pat-1'] = { ...patient, phone: '' }
    replies['PUT /patients/pat-1/contacts'] = () => {
      bookings = []
      return patient
    }
    const { user } = open()
    expect(await screen.findByText(/Patienten saknar mobilnummer/)).toBeVisible()
    expect(screen.queryByRole('button', { name: SEND })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Ändra kontaktuppgifter' }))
    await user.type(screen.getByLabelText('Mobilnummer'), '070-174 06 07')
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    await isDone()
  })

  it('wants an ombud of a child, and sends no more than once', async () => {
    bookings = [waitingBooking({ missing: 'ombud', patient_id: 'pat-2', name: 'Alva Lindqvist' })]
    replies['GET /patients/pat-2'] = child
    const { user } = open()
    await user.click(await screen.findByRole('button', { name: SEND }))
    expect(screen.getByText('Välj ett ombud.')).toBeVisible()
    expect(server.made('POST /pending-bookings/b1/complete')).toEqual([])
    const ombud = screen.getByRole('group', { name: 'Ombud' })
    await user.click(within(ombud).getByLabelText('Erik Lindqvist'))
    await user.dblClick(screen.getByRole('button', { name: SEND }))
    await isDone()
    expect(server.made('POST /pending-bookings/b1/complete')).toMatchObject([
      { body: { relations: [{ guardian_id: 'g-erik', ombud: true }] } },
    ])
  })

  it('takes a booking that has become a visit by itself for done', async () => {
    bookings = [waitingBooking({ missing: 'ombud', patient_id: 'pat-2' })]
    replies['GET /patients/pat-2'] = { ...child, guardians: [guardian()] }
    replies['POST /pending-bookings/b1/complete'] = refusal(404, 'not_found')
    const { user } = open()
    await user.click(await screen.findByRole('button', { name: SEND }))
    await isDone()
  })

  it('says what the server refuses, and keeps the choice', async () => {
    bookings = [waitingBooking({ missing: 'ombud', patient_id: 'pat-2' })]
    replies['GET /patients/pat-2'] = { ...child, guardians: [guardian()] }
    replies['POST /pending-bookings/b1/complete'] = refusal(400, 'starts_in_past')
    const { user } = open()
    await user.click(await screen.findByRole('button', { name: SEND }))
    expect(await screen.findByText(/Tiden har passerat/)).toBeVisible()
    expect(
      within(screen.getByRole('group', { name: 'Ombud' })).getByLabelText('Erik Lindqvist'),
    ).toBeChecked()
  })

  it('says why nothing can be booked, and offers no sending', async () => {
    bookings = [waitingBooking({ missing: 'not_bookable', patient_id: 'pat-1' })]
    replies['GET /patients/pat-1'] = { ...patient, problem: 'deceased' }
    open()
    expect(await screen.findByText('Personen är avliden. Inget besök kan bokas.')).toBeVisible()
    expect(screen.queryByRole('button', { name: SEND })).toBeNull()
  })

  it('says when the booking waits no longer', async () => {
    bookings = []
    open()
    expect(await screen.findByText(/Bokningen väntar inte längre/)).toBeVisible()
  })
})
