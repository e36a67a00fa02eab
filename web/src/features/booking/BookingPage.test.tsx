import { screen, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deadNetwork, fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { child, guardian, patient, sara, session, visit } from '../../testing/shapes'
import { BookingPage } from './BookingPage'

const colleague = { hsa_id: 'SE2321000115-OL', name: 'Olle Lind', title: 'Sjuksköterska', unit_name: 'Hud' }
const sms = { name: 'Anna Andersson', role: 'patient', channel: 'sms', text: 'Videobesök 09:45', segments: 1 }
const SEND = 'Skapa och skicka inbjudningar'
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T08:31:00Z'), toFake: ['Date'] })
  vi.stubGlobal('scrollTo', () => undefined)
  replies = {
    'GET /session': session,
    'GET /colleagues': [{ ...colleague, hsa_id: session.hsa_id, name: session.name }, colleague],
    'GET /patients/pat-1': patient,
    'POST /patients/search': { found: true, number_masked: patient.number_masked, patient },
    'POST /visits/preview': { messages: [sms], overlaps: [], series: [] },
    'POST /visits': { visit: visit(), guest_link: 'https://x.example/b#abc', series: [] },
  }
  server = fakeApi(replies)
})

afterEach(() => vi.useRealTimers())

async function toReview() {
  const page = renderPage(<BookingPage />, '/boka?patient=pat-1')
  await screen.findByLabelText('Klockslag')
  await page.user.click(screen.getByRole('button', { name: 'Nästa' }))
  await screen.findByRole('heading', { name: /Gäster/ })
  await page.user.click(screen.getByRole('button', { name: 'Nästa' }))
  await screen.findByText('Videobesök 09:45')
  return page
}

describe('the booking wizard (B2)', () => {
  it('goes from the patient to the confirmation and sends only at the last click', async () => {
    const { user } = renderPage(<BookingPage />, '/boka')
    await user.type(await screen.findByLabelText('Personnummer'), '194408139089{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Nästa' }))
    expect(screen.getByLabelText('Klockslag')).toHaveValue('09:45')
    await user.click(screen.getByLabelText('20 min'))
    await user.type(screen.getByLabelText(/Sökorsak/), 'Återbesök')
    await user.click(screen.getByRole('button', { name: 'Nästa' }))
    await user.click(await screen.findByLabelText(/Olle Lind/))
    await user.click(screen.getByRole('button', { name: 'Nästa' }))
    expect(await screen.findByText('sms, 1 del')).toBeVisible()
    expect(server.made('POST /visits')).toEqual([])
    await user.click(screen.getByRole('button', { name: SEND }))
    const title = await screen.findByRole('heading', { name: 'Besöket är bokat' })
    await vi.waitFor(() => expect(title).toHaveFocus())
    expect(screen.getByRole('button', { name: 'Kopiera inbjudningslänk' })).toBeVisible()
    expect(server.made('POST /visits')[0]?.body).toMatchObject({
      form: 'individual',
      patients: [{ patient_id: 'pat-1', display_name: '', language: 'sv' }],
      start_now: false,
      repeat: null,
      starts_at: '2026-11-22T08:45:00.000Z',
      duration_minutes: 20,
      reason: 'Återbesök',
      staff: ['SE2321000115-OL'],
      guests: [],
    })
  })

  it('books once on a double click', async () => {
    const held = Promise.withResolvers<void>()
    replies['POST /visits'] = () => held.promise.then(() => ({ visit: visit(), guest_link: '', series: [] }))
    const { user } = await toReview()
    await user.dblClick(screen.getByRole('button', { name: SEND }))
    held.resolve()
    await screen.findByText('Besöket är bokat')
    expect(server.made('POST /visits')).toHaveLength(1)
  })

  it('sends the same request again after a lost answer, and says that it may be booked', async () => {
    let attempts = 0
    replies['POST /visits'] = () =>
      ++attempts === 1 ? deadNetwork() : { visit: visit(), guest_link: '', series: [] }
    const { user } = await toReview()
    await user.click(screen.getByRole('button', { name: SEND }))
    expect(await screen.findByText(/bokas och skickas bara en gång/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: SEND }))
    await screen.findByText('Besöket är bokat')
    const ids = server.made('POST /visits').map((call) => (call.body as { request_id: string }).request_id)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('says what must be corrected before it can be sent, and sends nothing', async () => {
    replies['POST /visits/preview'] = refusal(400, 'invalid_phone', 'guests')
    const { user } = renderPage(<BookingPage />, '/boka?patient=pat-1')
    await screen.findByLabelText('Klockslag')
    await user.click(screen.getByRole('button', { name: 'Nästa' }))
    await user.click(await screen.findByRole('button', { name: 'Nästa' }))
    expect(await screen.findByText(/Gå tillbaka och rätta uppgifterna/)).toBeVisible()
    expect(screen.getByRole('button', { name: SEND })).toBeDisabled()
  })

  it('loses nothing on the way back', async () => {
    const { user } = await toReview()
    await user.click(screen.getByRole('button', { name: 'Tillbaka' }))
    await user.click(await screen.findByLabelText(/Olle Lind/))
    await user.click(screen.getByRole('button', { name: 'Tillbaka' }))
    await user.click(await screen.findByRole('button', { name: 'Nästa' }))
    expect(await screen.findByLabelText(/Olle Lind/)).toBeChecked()
  })

  it('survives a reload, and keeps neither name nor number of the patient', async () => {
    await toReview()
    const kept = sessionStorage.getItem('vardrum.booking') ?? ''
    expect(kept).toContain('pat-1')
    expect(kept).not.toMatch(/Anna|1944/)
    expect(window.location.search).toBe('?steg=granska')
    document.body.replaceChildren()
    renderPage(<BookingPage />, '/boka?steg=granska')
    expect(await screen.findByRole('button', { name: SEND })).toBeVisible()
  })

  it('takes nothing that was said of one patient along to the next', async () => {
    const { user } = renderPage(<BookingPage />, '/boka?patient=pat-1')
    await user.type(await screen.findByLabelText(/Sökorsak/), 'Återbesök')
    await user.click(screen.getByRole('button', { name: 'Tillbaka' }))
    replies['POST /patients/search'] = { found: true, number_masked: child.number_masked, patient: child }
    replies['GET /patients/pat-2'] = child
    await user.type(await screen.findByLabelText('Personnummer'), '201605172384{Enter}')
    await screen.findByRole('heading', { name: 'Alva Lindqvist' })
    await user.click(screen.getByRole('button', { name: 'Nästa' }))
    expect(await screen.findByLabelText(/Sökorsak/)).toHaveValue('')
  })

  it('forgets the draft once it is booked', async () => {
    const { user } = await toReview()
    await user.click(screen.getByRole('button', { name: SEND }))
    await screen.findByText('Besöket är bokat')
    expect(sessionStorage.getItem('vardrum.booking')).toBeNull()
  })

  it('refuses a time that has passed', async () => {
    const { user } = renderPage(<BookingPage />, '/boka?patient=pat-1')
    const time = await screen.findByLabelText('Klockslag')
    await user.clear(time)
    await user.type(time, '08:00')
    await user.click(screen.getByRole('button', { name: 'Nästa' }))
    expect(screen.getByText('Tiden har passerat. Välj en senare tid.')).toBeVisible()
    expect(time).toBeVisible()
  })

  it('adds a guest by phone or e-mail and refuses one with neither', async () => {
    const { user } = renderPage(<BookingPage />, '/boka?patient=pat-1')
    await user.click(await screen.findByRole('button', { name: 'Nästa' }))
    await user.click(await screen.findByRole('button', { name: 'Lägg till gäst' }))
    await user.type(screen.getByLabelText('Gästens namn'), 'Lisa')
    await user.click(screen.getByRole('button', { name: 'Lägg till' }))
    expect(screen.getByText('Skriv ett mobilnummer eller en e-postadress.')).toBeVisible()
    await user.type(screen.getByLabelText('E-post'), 'lisa@example.se')
    await user.click(screen.getByRole('button', { name: 'Lägg till' }))
    const summary = screen.getByRole('complementary', { name: 'Bokningen' })
    expect(within(summary).getByText('Lisa')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Ta bort Lisa' }))
    expect(within(summary).queryByText('Lisa')).toBeNull()
  })
})

describe('booking a child or a youth (B4, B5, P6)', () => {
  beforeEach(() => {
    replies['GET /patients/pat-2'] = child
  })

  async function toPeople(changes: object = {}) {
    replies['GET /patients/pat-2'] = { ...child, ...changes }
    const page = renderPage(<BookingPage />, '/boka?patient=pat-2')
    await screen.findByLabelText('Klockslag')
    await page.user.click(screen.getByRole('button', { name: 'Nästa' }))
    await screen.findByRole('heading', { name: 'Relationer' })
    return page
  }
  const ombud = () => screen.getByRole('group', { name: 'Ombud' })
  const next = () => screen.getByRole('button', { name: 'Nästa' })
  const booked = () => server.made('POST /visits/preview').at(-1)?.body

  it('asks for exactly one ombud, and whom the clinic contacts first', async () => {
    const { user } = await toPeople()
    await user.click(next())
    expect(await screen.findByText('Välj ett ombud.')).toBeVisible()
    expect(within(ombud()).getAllByRole('radio')[0]).toHaveFocus()
    await user.click(within(ombud()).getByLabelText('Sara Bergström'))
    const first = screen.getByRole('group', { name: 'Primär kontakt' })
    await user.click(within(first).getByLabelText('Erik Lindqvist'))
    const summary = screen.getByRole('complementary', { name: 'Bokningen' })
    expect(within(summary).getByText('Sara Bergström')).toBeVisible()
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(booked()).toMatchObject({
      kind: 'child',
      relations: [
        { guardian_id: 'g-sara', ombud: true, primary_contact: false },
        { guardian_id: 'g-erik', ombud: false, primary_contact: true },
      ],
    })
  })

  it('chooses the one guardian who can act beforehand', async () => {
    const { user } = await toPeople({ guardians: [guardian()] })
    expect(within(ombud()).getByLabelText('Erik Lindqvist')).toBeChecked()
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(booked()).toMatchObject({
      relations: [{ guardian_id: 'g-erik', ombud: true, primary_contact: true }],
    })
  })

  it('chooses nobody beforehand beside a protected guardian, who cannot be chosen at all', async () => {
    const hidden = guardian({ name: '', protected: true, refusal: 'guardian_protected' })
    await toPeople({ guardians: [hidden, sara] })
    expect(within(ombud()).getAllByRole('radio')).toHaveLength(1)
    expect(within(ombud()).getByLabelText('Sara Bergström')).not.toBeChecked()
  })

  it('wants the mobile number of the ombud', async () => {
    const { user } = await toPeople({ guardians: [guardian({ phone: '' })] })
    await user.click(next())
    expect(await screen.findByText(/Ombudet behöver ett mobilnummer/)).toBeVisible()
    expect(server.made('POST /visits/preview')).toEqual([])
  })

  it('stops with words and another way where nobody can act', async () => {
    await toPeople({ protected: true, guardians: [], guardians_withheld: true })
    expect(screen.getByText(/Boka ett telefonbesök eller ett besök på mottagningen/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Nästa' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Lägg till gäst' })).toBeNull()
  })

  it('offers the other guardian as a guest', async () => {
    const { user } = await toPeople()
    await user.click(within(ombud()).getByLabelText('Erik Lindqvist'))
    expect(screen.queryByRole('button', { name: 'Bjud in Erik Lindqvist som gäst' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Bjud in Sara Bergström som gäst' }))
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(booked()).toMatchObject({
      guests: [{ name: 'Sara Bergström', phone: '+46701740610', email: '', kind: 'relative' }],
    })
  })

  it('warns when the child turns 13 before the visit, and books it as 13+ without an ombud', async () => {
    const nearly13 = { birth_date: '2013-11-23', age: 12, phone: '+46701740605', guardians: [guardian()] }
    replies['GET /patients/pat-2'] = { ...child, ...nearly13 }
    const { user } = renderPage(<BookingPage />, '/boka?patient=pat-2')
    const day = await screen.findByLabelText('Datum')
    expect(screen.queryByText(/fyller 13 före besöket/)).toBeNull()
    await user.clear(day)
    await user.type(day, '2026-11-23')
    expect(await screen.findByText(/fyller 13 före besöket/)).toBeVisible()
    await user.click(next())
    await screen.findByRole('heading', { name: 'Relationer' })
    expect(screen.queryByRole('group', { name: 'Ombud' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Bjud in Erik Lindqvist som gäst' })).toBeVisible()
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(booked()).toMatchObject({ kind: 'youth', relations: [] })
  })

  it('wants a mobile number of the youths own', async () => {
    const { user } = await toPeople({ birth_date: '2012-01-01', age: 14, kind: 'youth', phone: '' })
    expect(screen.getByText(/behöver ett eget mobilnummer/)).toBeVisible()
    await user.click(next())
    expect(server.made('POST /visits/preview')).toEqual([])
  })

  it('books nothing for whom the register forbids it', async () => {
    const dead = { ...patient, problem: 'deceased' }
    replies['POST /patients/search'] = { found: true, number_masked: patient.number_masked, patient: dead }
    replies['GET /patients/pat-1'] = dead
    const { user } = renderPage(<BookingPage />, '/boka')
    await user.type(await screen.findByLabelText('Personnummer'), '194408139089{Enter}')
    expect(await screen.findByText('Personen är avliden. Inget besök kan bokas.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Nästa' })).toBeNull()
  })
})
