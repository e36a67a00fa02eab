import { screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Shape } from '../../protocol/api'
import { asksBeforeLeaving, pressEscape } from '../../testing/escape'
import { deadNetwork, fakeApi, refusal } from '../../testing/fake-api'
import { liveSocket, renderPage } from '../../testing/render-page'
import { note, session, visit } from '../../testing/shapes'
import { VisitPage } from '../visit-page/VisitPage'

type Visit = Shape<'VisitView'>

const MOVE = 'POST /visits/v1/reschedule'
const MOVE_PREVIEW = 'POST /visits/v1/reschedule/preview'
const CANCEL = 'POST /visits/v1/cancel'
const DAY = '2031-03-03'
const NEW_TIME = '2031-03-03T10:00:00.000Z'

/** Booked for a day that lies ahead of any clock. */
function booked(changes: Partial<Visit> = {}): Visit {
  return visit({
    starts_at: '2031-03-03T08:30:00Z',
    ends_at: '2031-03-03T09:00:00Z',
    actions: ['receive', 'no_show', 'chat', 'note', 'reschedule', 'cancel'],
    ...changes,
  })
}
const moved = (changes: Partial<Visit> = {}) =>
  booked({
    version: 2,
    sequence: 1,
    starts_at: NEW_TIME,
    ends_at: '2031-03-03T10:30:00.000Z',
    rebooked: { name: 'Karin Ek', at: '2031-03-01T09:02:00Z' },
    ...changes,
  })
const sms: Shape<'MessagePreview'> = {
  name: 'Anna Andersson',
  role: 'patient',
  channel: 'sms',
  text: 'Region Halland: Ditt videobesök är flyttat',
  segments: 1,
}
const preview = { messages: [sms], overlaps: [], series: [] }

let shown: Visit
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  shown = booked()
  replies = {
    'GET /session': session,
    'GET /visits/v1': () => shown,
    'GET /visits/v1/chat': { messages: [] },
    'GET /visits/v1/note': note,
    'GET /colleagues': [
      { hsa_id: 'SE-SOFIA', name: 'Sofia Lindqvist', title: 'Läkare', unit_name: 'Hudmottagningen' },
    ],
    [MOVE_PREVIEW]: preview,
    [MOVE]: moved(),
    'POST /visits/v1/cancel/preview': { messages: [sms] },
    [CANCEL]: booked({ version: 2, status: 'avbokat', actions: ['note'] }),
  }
  server = fakeApi(replies)
})

async function open(button?: 'Omboka' | 'Avboka') {
  const page = renderPage(<VisitPage visitId="v1" />, '/besok/v1')
  await screen.findByRole('heading', { name: /Anna Andersson/ })
  if (button !== undefined) await page.user.click(screen.getByRole('button', { name: button }))
  return page
}

const dialog = () => within(screen.getByRole('dialog'))

async function chooseTime(user: Awaited<ReturnType<typeof open>>['user'], time = '11:00') {
  const field = dialog().getByLabelText('Klockslag')
  await user.clear(field)
  await user.type(field, time)
}

const confirm = () => dialog().getByRole('button', { name: 'Boka om besöket' })

describe('omboka (B9)', () => {
  it('is not offered when the server does not offer it', async () => {
    shown = booked({ actions: ['end'], status: 'pagaende' })
    await open()
    for (const name of ['Omboka', 'Avboka']) expect(screen.queryByRole('button', { name })).toBeNull()
  })

  it('shows what everyone will be told, moves with one click, and says it', async () => {
    const { user } = await open('Omboka')
    expect(dialog().getByLabelText('Datum')).toHaveValue(DAY)
    await chooseTime(user)
    expect(await dialog().findByText('Region Halland: Ditt videobesök är flyttat')).toBeVisible()
    expect(server.made(MOVE)).toEqual([])
    await user.dblClick(confirm())
    expect(await screen.findByText(/Besöket är flyttat till .*11:00. Deltagarna får besked/)).toBeVisible()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByText(/Ombokat av Karin Ek/)).toBeVisible()
    expect(server.made(MOVE).map(({ body }) => body)).toEqual([
      {
        sequence: 0,
        starts_at: NEW_TIME,
        duration_minutes: 30,
        reason: 'Återbesök',
        owner_hsa_id: null,
        kind: null,
        relations: [],
      },
    ])
  })

  it('sends nothing when one thinks better of it', async () => {
    const { user } = await open('Omboka')
    await chooseTime(user)
    await user.click(dialog().getByRole('button', { name: 'Avbryt' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(server.made(MOVE)).toEqual([])
  })

  it('warns of a double booking, and lets one book anyway', async () => {
    const overlap = { hsa_id: 'x', name: 'Karin Ek', starts_at: NEW_TIME, ends_at: '2031-03-03T10:30:00Z' }
    replies[MOVE_PREVIEW] = { ...preview, overlaps: [overlap] }
    const { user } = await open('Omboka')
    await chooseTime(user)
    expect(await dialog().findByText(/Karin Ek har redan ett besök 11:00–11:30/)).toBeVisible()
    await user.click(confirm())
    await waitFor(() => expect(server.made(MOVE)).toHaveLength(1))
  })

  it('gives the visit to a colleague', async () => {
    const { user } = await open('Omboka')
    await dialog().findByRole('option', { name: /Sofia Lindqvist/ })
    await user.selectOptions(dialog().getByLabelText('Ansvarig'), 'SE-SOFIA')
    await user.click(confirm())
    await waitFor(() => expect(server.made(MOVE)[0]?.body).toMatchObject({ owner_hsa_id: 'SE-SOFIA' }))
  })

  it('says that a time has passed, and does not ask the server', async () => {
    const { user } = await open('Omboka')
    const day = dialog().getByLabelText('Datum')
    await user.clear(day)
    await user.type(day, '2020-01-02')
    expect(await dialog().findByText(/Tiden har passerat/)).toBeVisible()
    await user.click(confirm())
    expect(server.made(MOVE)).toEqual([])
  })

  it('explains that the patient has turned 13 by then, and moves as 13+ (B4)', async () => {
    replies[MOVE_PREVIEW] = ({ body }: { body: Shape<'RescheduleVisit'> }) =>
      body.kind === 'youth' ? preview : refusal(400, 'wrong_kind_youth')
    const { user } = await open('Omboka')
    await chooseTime(user)
    expect(await dialog().findByText('Patienten har fyllt 13 den dagen.')).toBeVisible()
    await user.click(dialog().getByRole('button', { name: 'Boka om som 13+' }))
    expect(await dialog().findByText('Bokas om som barn 13+.')).toBeVisible()
    await user.click(confirm())
    await waitFor(() => expect(server.made(MOVE)[0]?.body).toMatchObject({ kind: 'youth', relations: [] }))
  })

  it('says what to do when the patient has no mobile number of their own', async () => {
    replies[MOVE_PREVIEW] = refusal(400, 'patient_contact_missing')
    await open('Omboka')
    expect(await dialog().findByText('Patienten saknar mobilnummer.')).toBeVisible()
    expect(dialog().getByRole('link', { name: 'Till patientsökningen' })).toBeVisible()
  })

  it('keeps what is chosen when the server does not answer', async () => {
    replies[MOVE] = deadNetwork
    const { user } = await open('Omboka')
    await chooseTime(user)
    await user.click(confirm())
    expect(await dialog().findByText(/Ingen kontakt med tjänsten/)).toBeVisible()
    expect(dialog().getByLabelText('Klockslag')).toHaveValue('11:00')
  })
})

describe('two who change the same booking (B9)', () => {
  const bySofia = { name: 'Sofia Lindqvist', at: new Date().toISOString() }
  const theirs = () =>
    moved({ starts_at: '2031-03-03T12:00:00Z', ends_at: '2031-03-03T12:30:00Z', rebooked: bySofia })

  it('tells the second who did what, keeps their choice, and lets them decide', async () => {
    replies[MOVE] = ({ body }: { body: Shape<'RescheduleVisit'> }) =>
      body.sequence === 1 ? moved({ version: 3, sequence: 2 }) : refusal(409, 'booking_changed')
    const { user } = await open('Omboka')
    await chooseTime(user)
    shown = theirs()
    await user.click(confirm())
    const alert = await dialog().findByRole('alert')
    expect(alert).toHaveTextContent(/Sofia Lindqvist flyttade besöket till .*13:00\. Det gjordes \d\d:\d\d\./)
    expect(dialog().getByLabelText('Klockslag')).toHaveValue('11:00')
    expect(dialog().queryByRole('button', { name: 'Boka om besöket' })).toBeNull()
    await user.click(dialog().getByRole('button', { name: 'Fortsätt med min ändring' }))
    await user.click(confirm())
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const sequences = server.made(MOVE).map(({ body }) => (body as Shape<'RescheduleVisit'>).sequence)
    expect(sequences).toEqual([0, 1])
  })

  it('tells it live too, before anything was sent, and may be left so', async () => {
    const { user } = await open('Omboka')
    const live = await liveSocket()
    shown = theirs()
    live.tell({ type: 'visit.changed', visit_id: 'v1', version: 2 })
    expect(await dialog().findByText(/Sofia Lindqvist flyttade besöket/)).toBeVisible()
    await user.click(dialog().getByRole('button', { name: 'Låt det vara så' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(server.made(MOVE)).toEqual([])
  })

  it('says that the other has cancelled it, and offers nothing more', async () => {
    replies[MOVE] = refusal(409, 'visit_over')
    const { user } = await open('Omboka')
    shown = booked({
      version: 2,
      status: 'avbokat',
      cancelled_by: 'staff',
      rebooked: bySofia,
      actions: ['note'],
    })
    await user.click(confirm())
    expect(await dialog().findByText(/Sofia Lindqvist avbokade besöket/)).toBeVisible()
    expect(
      dialog()
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['Stäng'])
  })

  it('is done when the other has made it as one wished', async () => {
    replies[MOVE] = refusal(409, 'booking_changed')
    const { user } = await open('Omboka')
    await chooseTime(user)
    shown = moved({ rebooked: bySofia })
    await user.click(confirm())
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByText(/Ombokat av Sofia Lindqvist/)).toBeVisible()
  })
})

describe('avboka (B9)', () => {
  it('asks why, shows what is told, and cancels with one click', async () => {
    const { user } = await open('Avboka')
    await dialog().findByText('Region Halland: Ditt videobesök är flyttat')
    await user.click(dialog().getByRole('button', { name: 'Avboka besöket' }))
    expect(dialog().getByText('Välj en orsak.')).toBeVisible()
    await user.click(dialog().getByRole('radio', { name: 'Annan orsak' }))
    await user.click(dialog().getByRole('button', { name: 'Avboka besöket' }))
    expect(dialog().getByText('Skriv orsaken.')).toBeVisible()
    expect(server.made(CANCEL)).toEqual([])
    await user.type(dialog().getByLabelText('Orsak'), 'Remissen drogs tillbaka')
    await user.dblClick(dialog().getByRole('button', { name: 'Avboka besöket' }))
    expect(await screen.findByText('Besöket är avbokat. Deltagarna får besked.')).toBeVisible()
    expect(server.made(CANCEL).map(({ body }) => body)).toEqual([
      { sequence: 0, reason: 'Remissen drogs tillbaka' },
    ])
  })

  it.each([
    ['staff', 'Sofia Lindqvist', /^Avbokat av Sofia Lindqvist \d\d:\d\d\.$/],
    ['patient', '', /^Avbokat av patienten \d\d:\d\d\.$/],
    ['system', '', /^Avbokat i bokningssystemet \d\d:\d\d\.$/],
  ] as const)('the page of a visit cancelled by %s says when, by whom and why', async (by, name, words) => {
    shown = booked({
      status: 'avbokat',
      cancelled_by: by,
      cancel_reason: 'Fel bokning',
      rebooked: { name, at: new Date().toISOString() },
      actions: ['note'],
    })
    await open()
    expect(screen.getByText(words)).toBeVisible()
    expect(screen.getByText('Orsak: Fel bokning')).toBeVisible()
  })
})

describe('what is written in a dialog', () => {
  it('is there again after Escape by mistake, and gone after Avbryt', async () => {
    const { user } = await open('Omboka')
    await chooseTime(user)
    pressEscape()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(asksBeforeLeaving()).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Omboka' }))
    expect(dialog().getByLabelText('Klockslag')).toHaveValue('11:00')
    expect(dialog().getByText('Det du hade fyllt i finns kvar.')).toBeVisible()
    await user.click(dialog().getByRole('button', { name: 'Avbryt' }))
    expect(asksBeforeLeaving()).toBe(false)
    await user.click(screen.getByRole('button', { name: 'Omboka' }))
    expect(dialog().getByLabelText('Klockslag')).toHaveValue('09:30')
  })

  it('of a reason is kept too, and nowhere but in the page', async () => {
    const { user } = await open('Avboka')
    await user.click(dialog().getByRole('radio', { name: 'Annan orsak' }))
    await user.type(dialog().getByLabelText('Orsak'), 'Remissen drogs tillbaka')
    pressEscape()
    await user.click(screen.getByRole('button', { name: 'Avboka' }))
    expect(dialog().getByLabelText('Orsak')).toHaveValue('Remissen drogs tillbaka')
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain('Remissen')
  })

  it('of another booking than the one there is now is not taken along', async () => {
    const { user } = await open('Omboka')
    await chooseTime(user, '12:00')
    pressEscape()
    const live = await liveSocket()
    shown = moved()
    live.tell({ type: 'visit.changed', visit_id: 'v1', version: 2 })
    await screen.findByText(/Ombokat av Karin Ek/)
    await user.click(screen.getByRole('button', { name: 'Omboka' }))
    expect(dialog().getByLabelText('Klockslag')).toHaveValue('11:00')
  })
})

describe('where a booking comes from', () => {
  it('says of one from the booking system that changes here do not go back (V4)', async () => {
    shown = booked({ external: true })
    const { user } = await open()
    expect(screen.getByText(/går inte tillbaka till VAS/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Omboka' }))
    expect(dialog().getByText(/Ändra där också/)).toBeVisible()
  })

  it('has a standing note on a relative’s conversation, of whom nothing speaks as a patient (B7)', async () => {
    shown = booked({ form: 'relative' })
    await open()
    expect(screen.getByText(/Anhörigsamtal måste ombokas och avbokas för hand/)).toBeVisible()
    expect(screen.getByText('Närstående')).toBeVisible()
    expect(screen.queryByText('Patient')).toBeNull()
  })
})
