import { screen, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { FakeSocket } from '../../testing/fake-socket'
import { liveSocket, renderPage } from '../../testing/render-page'
import { agenda, entry, session, visit, waitingBooking } from '../../testing/shapes'
import { StartPage } from './StartPage'

const AGENDA = 'GET /agenda?date=2026-11-22'
const waiting = (name: string) => [{ name, since: '2026-11-22T08:26:00Z', away: false }]
let answered: Shape<'Agenda'>
let pending: Shape<'PendingBooking'>[]
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T08:30:30Z'), toFake: ['Date'] })
  pending = []
  answered = agenda([
    entry({ visit_id: 'v2', starts_at: '2026-11-22T07:30:00Z', patient_name: 'Bo Berg', status: 'avslutat' }),
    entry({ waiting: waiting('Anna Andersson') }),
  ])
  server = fakeApi({
    'GET /session': session,
    [AGENDA]: () => answered,
    'GET /pending-bookings': () => ({ bookings: pending }),
    'GET /agenda?date=2026-11-24': () => agenda([entry({ visit_id: 'v7', patient_name: 'Nästa Person' })]),
    'POST /visits/v1/receive': visit({ status: 'mottaget' }),
  })
})

afterEach(() => vi.useRealTimers())

describe('Startsidan', () => {
  it('shows who waits first, with how long (L2, L3)', async () => {
    renderPage(<StartPage />)
    const first = await screen.findByRole('region', { name: 'Väntar nu' })
    expect(within(first).getByText('Anna Andersson')).toBeVisible()
    expect(within(first).getByText('väntar 4 min')).toBeVisible()
    const rest = screen.getByRole('region', { name: 'Dagens besök' })
    expect(within(rest).getByText('Bo Berg')).toBeVisible()
    expect(within(rest).getByText('Avslutat')).toBeVisible()
    expect(first.compareDocumentPosition(rest)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  })

  it('says a form once, also where a booking system gives it as the reason (L3)', async () => {
    answered = agenda([
      entry({ form: 'team', reason: 'Teambesök' }),
      entry({ visit_id: 'v2', reason: 'Återbesök' }),
    ])
    renderPage(<StartPage />)
    expect(await screen.findByText('Återbesök')).toBeVisible()
    expect(screen.getAllByText('Teambesök')).toHaveLength(1)
  })

  it('sets visits that I am a guest of apart, whose next step is to open them (G4)', async () => {
    answered = agenda([
      entry(),
      entry({
        visit_id: 'v3',
        patient_name: 'Cecilia Dahl',
        invited: true,
        waiting: waiting('Cecilia Dahl'),
        call_running: true,
      }),
    ])
    const { user } = renderPage(<StartPage />)
    const invited = await screen.findByRole('region', { name: 'Inbjuden som gäst' })
    expect(within(invited).getByText('Cecilia Dahl')).toBeVisible()
    expect(within(invited).getByText('videomöte pågår')).toBeVisible()
    expect(within(invited).queryByRole('button', { name: 'Ta emot' })).toBeNull()
    expect(screen.queryByRole('region', { name: 'Väntar nu' })).toBeNull()
    await user.click(within(invited).getByRole('button', { name: 'Öppna' }))
    expect(window.location.pathname).toBe('/besok/v3')
  })

  it('records with Ta emot who received the visit, and opens it (L3)', async () => {
    const { user } = renderPage(<StartPage />)
    await user.click(await screen.findByRole('button', { name: 'Ta emot' }))
    expect(server.made('POST /visits/v1/receive')).toMatchObject([{ csrf: session.csrf_token }])
    expect(window.location.pathname).toBe('/besok/v1')
  })

  it('stays when receiving fails, and says why', async () => {
    server = fakeApi({
      'GET /session': session,
      [AGENDA]: () => answered,
      'GET /pending-bookings': { bookings: [] },
      'POST /visits/v1/receive': refusal(409, 'visit_over'),
    })
    const { user } = renderPage(<StartPage />)
    await user.click(await screen.findByRole('button', { name: 'Ta emot' }))
    expect(await screen.findByText('Besöket är redan avslutat.')).toBeVisible()
    expect(window.location.pathname).toBe('/')
  })

  it('names a protected patient nowhere, the title included (P5)', async () => {
    answered = agenda([entry({ patient_name: '', protected: true, waiting: waiting('') })])
    const { container } = renderPage(<StartPage />)
    expect(await screen.findByText('Skyddade personuppgifter')).toBeVisible()
    expect(container).not.toHaveTextContent('Anna')
    await vi.waitFor(() => expect(document.title).toBe('(1 väntar) Startsidan · Vårdrum'))
  })

  it('reads again when the server tells of a change (L5)', async () => {
    renderPage(<StartPage />)
    await screen.findByText('Bo Berg')
    answered = agenda([entry({ patient_name: 'Cecilia Dahl' })])
    await liveSocket()
    FakeSocket.latest.tell({ type: 'agenda.changed' })
    expect(await screen.findByText('Cecilia Dahl')).toBeVisible()
  })

  it('reads again after a lost connection, and says when it is lost', async () => {
    renderPage(<StartPage />)
    await screen.findByText('Bo Berg')
    await liveSocket()
    FakeSocket.latest.close()
    expect(await screen.findByText(/Ingen kontakt med tjänsten/)).toBeVisible()
    answered = agenda([entry({ patient_name: 'Cecilia Dahl' })])
    window.dispatchEvent(new Event('online'))
    FakeSocket.latest.open()
    expect(await screen.findByText('Cecilia Dahl')).toBeVisible()
    expect(await screen.findByText('Kontakten är tillbaka.')).toBeVisible()
  })

  it('says on an empty day when the next visit is, and keeps the day in the address (L2)', async () => {
    answered = agenda([], '2026-11-24T08:30:00Z')
    const { user } = renderPage(<StartPage />)
    expect(await screen.findByText('Nästa besök är tisdag 24 november 09:30.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Visa den dagen' }))
    expect(window.location.search).toBe('?datum=2026-11-24')
    expect(await screen.findByText('Nästa Person')).toBeVisible()
  })

  it('shows the day of the address, also after a reload', async () => {
    renderPage(<StartPage />, '/?datum=2026-11-24')
    expect(await screen.findByText('Nästa Person')).toBeVisible()
    expect(server.made(AGENDA)).toHaveLength(0)
  })

  it('takes a mangled day for today', async () => {
    renderPage(<StartPage />, '/?datum=2026-02-31')
    expect(await screen.findByText('Bo Berg')).toBeVisible()
  })

  it('goes from row to row with the arrow keys, across the lists', async () => {
    const { user } = renderPage(<StartPage />)
    const receive = await screen.findByRole('button', { name: 'Ta emot' })
    receive.focus()
    await user.keyboard('{ArrowDown}')
    expect(screen.getByRole('button', { name: 'Öppna' })).toHaveFocus()
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(receive).toHaveFocus()
  })

  it('offers another try when the day cannot be read', async () => {
    let fails = true
    fakeApi({
      'GET /session': session,
      'GET /pending-bookings': { bookings: [] },
      [AGENDA]: () => (fails ? refusal(500, 'internal') : answered),
    })
    const { user } = renderPage(<StartPage />)
    expect(await screen.findByText(/Tjänsten kunde inte svara/)).toBeVisible()
    fails = false
    await user.click(screen.getByRole('button', { name: 'Försök igen' }))
    expect(await screen.findByText('Bo Berg')).toBeVisible()
    expect(screen.queryByText(/Tjänsten kunde inte svara/)).toBeNull()
  })

  it('says what form a visit has, and how many a group is (B1, B6-B8)', async () => {
    answered = agenda([
      entry({ form: 'group', patients: 5, patient_name: '' }),
      entry({ visit_id: 'v2', form: 'team', kind: 'youth', patient_name: 'Wilma Holm' }),
      entry({ visit_id: 'v3', form: 'relative', patient_name: 'Ulla Falk' }),
    ])
    renderPage(<StartPage />)
    await screen.findByText('5 patienter')
    const [group, team, relative] = screen.getAllByRole('listitem')
    expect(group).toHaveTextContent(/5 patienter.*Gruppbesök/)
    expect(team).toHaveTextContent(/Wilma Holm.*Teambesök, Barn 13\+/)
    expect(relative).toHaveTextContent(/Ulla Falk.*Anhörigsamtal/)
  })

  it('marks who has told to be late, and not once the visit is over (B11)', async () => {
    answered = agenda([entry({ late: 10 }), entry({ visit_id: 'v2', late: 5, status: 'avbokat' })])
    renderPage(<StartPage />)
    await screen.findByText('sen ca 10 min')
    const [late, cancelled] = screen.getAllByRole('listitem')
    expect(late).toHaveTextContent('sen ca 10 min')
    expect(cancelled).not.toHaveTextContent('sen ca')
    expect(cancelled).toHaveAttribute('data-over')
  })

  it('says live who has not got their message, and leads to where it is mended (B10, L5)', async () => {
    answered = agenda([entry()])
    const { user } = renderPage(<StartPage />)
    await screen.findByText('Anna Andersson')
    expect(screen.queryByRole('link', { name: 'Redigera deltagare' })).toBeNull()
    await liveSocket()
    answered = agenda([
      entry({ unreached: 1 }),
      entry({ visit_id: 'v2', unreached: 2, status: 'avbokat', form: 'group' }),
    ])
    FakeSocket.latest.tell({ type: 'agenda.changed' })
    expect(await screen.findByText('1 har inte fått sitt meddelande.')).toBeVisible()
    const [booked, cancelled] = screen.getAllByRole('listitem')
    expect(within(cancelled as HTMLElement).getByText('2 har inte fått sina meddelanden.')).toBeVisible()
    expect(within(cancelled as HTMLElement).queryByRole('link')).toBeNull()
    await user.click(within(booked as HTMLElement).getByRole('link', { name: 'Redigera deltagare' }))
    expect(window.location.pathname + window.location.search).toBe('/besok/v1?redigera=deltagare')
  })

  it('shows live which bookings wait for details of their patients, and leads into completing one (V3)', async () => {
    const { user } = renderPage(<StartPage />)
    await screen.findByText('Bo Berg')
    expect(screen.queryByRole('region', { name: 'Väntar på patientuppgifter' })).toBeNull()
    pending = [
      waitingBooking(),
      waitingBooking({ booking_id: 'b2', missing: 'ombud', name: 'Alva Lindqvist' }),
    ]
    await liveSocket()
    FakeSocket.latest.tell({ type: 'agenda.changed' })
    const section = await screen.findByRole('region', { name: 'Väntar på patientuppgifter' })
    const [unknown, child] = within(section).getAllByRole('listitem')
    expect(unknown).toHaveTextContent(/10:00.*1957-11-21-••••.*Patienten finns inte här än/)
    expect(child).toHaveTextContent(/Alva Lindqvist.*Barnets ombud är inte valt/)
    await user.click(within(section).getByRole('button', { name: 'Välj ombud' }))
    expect(window.location.pathname).toBe('/komplettera/b2')
  })

  it('shows three of many that wait, and the rest when asked', async () => {
    pending = ['b1', 'b2', 'b3', 'b4', 'b5'].map((booking_id) => waitingBooking({ booking_id }))
    const { user } = renderPage(<StartPage />)
    expect(await screen.findAllByRole('button', { name: 'Skapa patient' })).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: 'Visa alla 5' }))
    expect(screen.getAllByRole('button', { name: 'Skapa patient' })).toHaveLength(5)
  })
})
