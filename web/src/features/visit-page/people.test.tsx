import { screen, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { liveSocket, renderPage } from '../../testing/render-page'
import { note, nothingTold, patientOfVisit, session, visit } from '../../testing/shapes'
import { VisitPage } from './VisitPage'

type Visit = Shape<'VisitView'>
type Person = Shape<'ParticipantView'>

const NOW = Date.parse('2026-11-22T09:00:00Z')
const told = (changes: Partial<Shape<'Delivery'>> = {}): Shape<'Delivery'> => ({
  reason: 'invitation',
  channel: 'sms',
  state: 'delivered',
  at: '2026-11-22T08:31:00Z',
  failure: null,
  ...changes,
})
const anna = (changes: Partial<Person> = {}): Person => ({
  participant_id: 'p-patient',
  role: 'patient',
  name: 'Anna Andersson',
  presence: { state: 'invited', since: null },
  delivery: 'delivered',
  is_owner: false,
  guest_kind: null,
  removable: false,
  ...nothingTold,
  deliveries: [told()],
  ...changes,
})
const withPerson = (person: Person, changes: Partial<Visit> = {}) =>
  visit({
    participants: [...visit().participants.filter(({ role }) => role === 'staff'), person],
    ...changes,
  })

let shown: Visit
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  shown = visit()
  replies = {
    'GET /session': session,
    'GET /visits/v1': () => shown,
    'GET /visits/v1/chat': { messages: [] },
    'GET /visits/v1/note': note,
  }
  server = fakeApi(replies)
})

async function open() {
  const page = renderPage(<VisitPage visitId="v1" />, '/besok/v1')
  await screen.findByRole('heading', { name: 'Chatt' })
  return page
}

const row = (name: string) =>
  screen.getByText(name, { selector: '.participant__name' }).closest('li') as HTMLElement

describe('how messages fare (B10, G3)', () => {
  it.each([
    [told(), 'inte här än, inbjudan levererad 09:31'],
    [told({ state: 'sent' }), 'inte här än, inbjudan skickad 09:31'],
    [told({ state: 'queued' }), 'inte här än, inbjudan skickas strax'],
    [told({ reason: 'moved' }), 'inte här än, ombokning levererad 09:31'],
    [
      told({ state: 'queued', at: '2026-11-25T08:00:00Z' }),
      'inte här än, inbjudan skickas ons 25 nov. 09:00',
    ],
  ])('is told in words with the time', async (delivery, words) => {
    shown = withPerson(anna({ delivery: delivery.state, deliveries: [delivery] }))
    await open()
    expect(within(row('Anna Andersson')).getByText(words)).toBeVisible()
  })

  it('is not told of one who waits, whose messages can be looked at', async () => {
    const deliveries = [
      told({ reason: 'reminder_soon', at: '2026-11-22T08:45:00Z' }),
      told({ channel: 'email' }),
    ]
    shown = withPerson(anna({ presence: { state: 'waiting', since: '2026-11-22T08:52:00Z' }, deliveries }))
    const { user } = await open()
    const anna_ = within(row('Anna Andersson'))
    expect(anna_.getByText('väntar sedan 09:52')).toBeVisible()
    await user.click(anna_.getByText('2 meddelanden'))
    expect(anna_.getByText('Sms: påminnelse strax före levererad 09:45')).toBeVisible()
    expect(anna_.getByText('Mejl: inbjudan levererad 09:31')).toBeVisible()
  })

  it.each(['failed', 'bounced'] as const)('%s says what to do, and gives the link', async (state) => {
    shown = withPerson(anna({ delivery: state, deliveries: [told({ state })] }))
    replies['POST /visits/v1/participants/p-patient/link'] = { url: 'https://vardrum.example/b#x' }
    const { user } = await open()
    const lost = within(row('Anna Andersson'))
    expect(lost.getByText(/inbjudan (kom inte fram|kom i retur) 09:31/, { selector: 'strong' })).toBeVisible()
    expect(screen.getByText('1 har inte fått sitt meddelande')).toBeVisible()
    expect(lost.getByText(/Bara patienten själv kan använda den/)).toBeVisible()
    await user.click(lost.getByRole('button', { name: 'Kopiera inbjudningslänk' }))
    expect(await navigator.clipboard.readText()).toBe('https://vardrum.example/b#x')
  })

  it('changes live', async () => {
    shown = withPerson(anna({ delivery: 'sent', deliveries: [told({ state: 'sent' })] }))
    await open()
    const live = await liveSocket()
    shown = withPerson(anna())
    live.tell({ type: 'delivery.changed', visit_id: 'v1' })
    expect(await screen.findByText('inte här än, inbjudan levererad 09:31')).toBeVisible()
  })

  it('tells who is late (B11)', async () => {
    shown = withPerson(anna({ late: { minutes: 10, at: '2026-11-22T08:40:00Z' } }))
    await open()
    expect(screen.getByText('blir ca 10 min sen, meddelat 09:40')).toBeVisible()
  })
})

describe('a group (B8)', () => {
  const member = (n: number, changes: Partial<Shape<'PatientOfVisit'>> = {}): Shape<'PatientOfVisit'> => ({
    ...patientOfVisit,
    participant_id: `p-${n}`,
    patient_id: `pat-${n}`,
    display_name: `Deltagare ${n}`,
    name: `Person ${n}`,
    ...changes,
  })
  const group = (changes: Partial<Visit> = {}) => {
    const patients = [member(1), member(2, { protected: true, name: 'Elin Hemlig' })]
    const people = patients.map(({ participant_id, name, display_name }, place) =>
      anna({
        participant_id,
        name,
        display_name,
        presence: { state: place === 0 ? 'waiting' : 'invited', since: '2026-11-22T08:52:00Z' },
      }),
    )
    const staff = visit().participants.filter(({ role }) => role === 'staff')
    return visit({ form: 'group', patients, participants: [...staff, ...people], ...changes })
  }

  it('shows each patient with state, display name, contact and masked number', async () => {
    shown = group()
    await open()
    expect(screen.getByText('Gruppbesök')).toBeVisible()
    expect(screen.getByText('1 av 2 är här')).toBeVisible()
    const first = within(row('Person 1'))
    expect(first.getByText('väntar sedan 09:52')).toBeVisible()
    expect(first.getByText('Visas för de andra som Deltagare 1')).toBeVisible()
    expect(first.getByText('1944-08-13-••••')).toBeVisible()
    expect(first.getByText('070-174 06 05')).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Övriga deltagare' })).toBeVisible()
    expect(screen.getByLabelText('Skriv till alla i gruppen')).toBeVisible()
  })

  it('names a protected patient only when asked (P5)', async () => {
    shown = group()
    const { user } = await open()
    expect(screen.getByText('Elin Hemlig', { exact: false })).not.toBeVisible()
    await user.click(screen.getByText('Visa namn'))
    expect(screen.getByText('Elin Hemlig', { exact: false })).toBeVisible()
  })
})

describe('ending a visit with notes (V4)', () => {
  const ongoing = (changes: Partial<Visit> = {}) =>
    visit({ status: 'pagaende', actions: ['end', 'note', 'chat'], ...changes })
  const written = { ...note, text: 'Eksem på höger arm.', version: 1 }
  const ended = visit({ version: 2, status: 'avslutat', actions: ['note'] })

  it('reminds of the record, gives the note along, and goes on reminding', async () => {
    shown = ongoing()
    replies['GET /visits/v1/note'] = written
    replies['POST /visits/v1/end'] = ended
    const { user } = await open()
    await screen.findByDisplayValue('Eksem på höger arm.')
    await user.click(screen.getByRole('button', { name: 'Avsluta besök' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText('Kom ihåg att journalföra i VAS')).toBeVisible()
    expect(server.made('POST /visits/v1/end')).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Kopiera anteckningen' }))
    expect(await navigator.clipboard.readText()).toBe('Eksem på höger arm.')
    await user.click(dialog.getByRole('button', { name: 'Avsluta besök' }))
    expect(await screen.findByText('Chatten är stängd.')).toBeVisible()
    expect(screen.getByText('Kom ihåg att journalföra i VAS')).toBeVisible()
  })

  it('says it in the question of a running call too', async () => {
    shown = ongoing({ call: { call_id: 'v1.1', staff_connected: 1, connected: 2 } })
    replies['GET /visits/v1/note'] = written
    replies['POST /visits/v1/end'] = refusal(409, 'call_running')
    const { user } = await open()
    await screen.findByDisplayValue('Eksem på höger arm.')
    await user.click(screen.getByRole('button', { name: 'Avsluta besök' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Ett videomöte pågår' }))
    expect(dialog.getByText('Kom ihåg att journalföra i VAS')).toBeVisible()
  })

  it('asks nothing where nothing was written', async () => {
    shown = ongoing()
    replies['POST /visits/v1/end'] = ended
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Avsluta besök' }))
    expect(await screen.findByText('Chatten är stängd.')).toBeVisible()
    expect(screen.queryByText('Kom ihåg att journalföra i VAS')).toBeNull()
  })
})
