import { screen, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'
import { AccessLogPage } from './AccessLogPage'
import { ExtractPage } from './ExtractPage'
import type { Entry } from './words'

const SEARCH = 'POST /audit/search'
const SAMPLE = 'POST /audit/sample'
const EXTRACT = 'POST /audit/extract'
const NUMBER = '194408139089'

function logged(changes: Partial<Entry> = {}): Entry {
  return {
    audit_id: 'e1',
    at: '2026-11-22T08:26:05Z',
    user: 'SE2321000115-E001',
    user_name: 'Karin Ek',
    user_title: 'Läkare',
    unit_name: 'Hudmottagningen',
    action: 'visit.view',
    kind: 'read',
    result: 'ok',
    patient: '1944-08-13-••••',
    visit_id: 'v1',
    shown_day: null,
    shown_visits: [],
    ...changes,
  }
}

function page(entries: Entry[], cursor: string | null = null): Shape<'AuditPage'> {
  return { entries, cursor, searched_to: cursor === null ? null : '2026-11-22T07:00:00Z' }
}

let answers: (Shape<'AuditPage'> | Response)[]
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T08:30:30Z'), toFake: ['Date'] })
  answers = [page([logged()])]
  server = fakeApi({
    'GET /session': session,
    [SEARCH]: () => answers.shift() ?? page([]),
    [SAMPLE]: page([logged({ audit_id: 'drawn', action: 'note.read' })]),
    [EXTRACT]: extract([logged(), logged({ audit_id: 'e2', user_name: '=evil()', action: 'chat.read' })]),
  })
})

afterEach(() => vi.useRealTimers())

function extract(entries: Entry[]): Shape<'AuditExtract'> {
  return {
    org_name: 'Region Halland',
    name: 'Anna Andersson',
    protected: false,
    number_masked: '1944-08-13-••••',
    from_day: '2025-11-22',
    to_day: '2026-11-22',
    created_at: '2026-11-22T08:30:30Z',
    entries,
    cursor: null,
  }
}

const bodies = (what: string) => server.made(what).map((call) => call.body)

describe('Åtkomstlogg', () => {
  it('shows today in plain words, and whose data it was without the number (S6)', async () => {
    renderPage(<AccessLogPage />, '/logg')
    const row = await screen.findByRole('row', { name: /Öppnade besöket/ })
    expect(row).toHaveTextContent('2026-11-22 09:26:05')
    expect(row).toHaveTextContent('Karin EkLäkare, SE2321000115-E001')
    expect(row).toHaveTextContent('1944-08-13-••••')
    expect(row).not.toHaveTextContent('visit.view')
    expect(bodies(SEARCH)).toMatchObject([{ from_day: '2026-11-22', to_day: '2026-11-22', cursor: null }])
  })

  it('says of a denied attempt that it was denied', async () => {
    answers = [page([logged({ result: 'denied' })])]
    renderPage(<AccessLogPage />, '/logg')
    expect(await screen.findByText('Nekad: hade inte rätt till det')).toBeVisible()
  })

  it('asks by what is filled in, and sends the number in the body alone', async () => {
    const { user } = renderPage(<AccessLogPage />, '/logg')
    await screen.findByText('Öppnade besöket', { selector: 'span' })
    await user.type(screen.getByLabelText('Personnummer'), NUMBER)
    await user.type(screen.getByLabelText('HSA-id'), 'SE2321000115-E002')
    await user.selectOptions(screen.getByLabelText('Händelse'), 'Läste anteckningen')
    await user.selectOptions(screen.getByLabelText('Utfall'), 'Nekad')
    await user.keyboard('{Enter}')
    await user.click(screen.getByRole('button', { name: 'Sök' }))
    expect(bodies(SEARCH).at(-1)).toMatchObject({
      number: NUMBER,
      user: 'SE2321000115-E002',
      action: 'note.read',
      result: 'denied',
    })
    expect(server.calls.map((call) => call.path).join()).not.toContain(NUMBER)
    expect(window.location.href).not.toContain(NUMBER)
  })

  it('takes Enter while an earlier question still waits for its answer', async () => {
    const never = new Promise<Response>(() => {})
    server = fakeApi({ 'GET /session': session, [SEARCH]: () => never })
    const { user } = renderPage(<AccessLogPage />, '/logg')
    await user.click(await screen.findByRole('button', { name: 'Rensa filter' }))
    await user.type(screen.getByLabelText('Personnummer'), `${NUMBER}{Enter}`)
    expect(bodies(SEARCH).at(-1)).toMatchObject({ number: NUMBER })
  })

  it('goes on from where the page ended', async () => {
    answers = [page([logged()], 'next'), page([logged({ audit_id: 'e2', action: 'chat.read' })])]
    const { user } = renderPage(<AccessLogPage />, '/logg')
    expect(await screen.findByText('Sökt tillbaka till 2026-11-22 08:00.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Visa fler' }))
    expect(await screen.findByText('Läste besökets chatt', { selector: 'span' })).toBeVisible()
    expect(screen.getAllByRole('row')).toHaveLength(3)
    expect(bodies(SEARCH).at(-1)).toMatchObject({ cursor: 'next' })
    expect(screen.queryByRole('button', { name: 'Visa fler' })).toBeNull()
  })

  it('says when nothing fits, and offers another try when it cannot be read', async () => {
    answers = [refusal(503, 'unavailable'), page([])]
    const { user } = renderPage(<AccessLogPage />, '/logg')
    await user.click(await screen.findByRole('button', { name: 'Försök igen' }))
    expect(await screen.findByText('Inga poster')).toBeVisible()
  })

  it('says at the field that a number is none', async () => {
    const { user } = renderPage(<AccessLogPage />, '/logg')
    await screen.findByText('Öppnade besöket', { selector: 'span' })
    const wrong = {
      title: 'Bad Request',
      status: 400,
      code: 'invalid_identity_number',
      field: 'identity_number',
    }
    answers = [new Response(JSON.stringify(wrong), { status: 400 })]
    await user.type(screen.getByLabelText('Personnummer'), '1{Enter}')
    expect(await screen.findByText(/inte ett giltigt personnummer/)).toBeVisible()
    expect(screen.getByLabelText('Personnummer')).toBeInvalid()
  })

  it('draws a random sample', async () => {
    const { user } = renderPage(<AccessLogPage />, '/logg')
    await user.click(await screen.findByRole('button', { name: 'Slumpvis stickprov' }))
    const sample = await screen.findByRole('region', { name: 'Slumpvis stickprov' })
    expect(within(sample).getByText('Läste anteckningen')).toBeVisible()
    expect(bodies(SAMPLE)).toMatchObject([{ from_day: '2026-11-22', size: 10 }])
  })
})

describe('Loggutdrag', () => {
  it('is whole, in plain words, with the masked number (S6)', async () => {
    const { user } = renderPage(<ExtractPage />, '/logg/utdrag')
    await user.type(await screen.findByLabelText('Personnummer'), `${NUMBER}{Enter}`)
    const made = await screen.findByRole('article', { name: 'Loggutdrag' })
    expect(within(made).getByText('Anna Andersson')).toBeVisible()
    expect(within(made).getByText('1944-08-13-••••')).toBeVisible()
    expect(within(made).getByText('2025-11-22 till 2026-11-22')).toBeVisible()
    expect(within(made).getByText('Läste besökets chatt')).toBeVisible()
    expect(bodies(EXTRACT)).toMatchObject([{ number: NUMBER, from_day: '2025-11-22', to_day: '2026-11-22' }])
    expect(document.title).toBe('Loggutdrag · Vårdrum')
  })

  it('is read to its end, page after page', async () => {
    const pages = [{ ...extract([logged()]), cursor: 'next' }, extract([logged({ audit_id: 'last' })])]
    server = fakeApi({ 'GET /session': session, [EXTRACT]: () => pages.shift() })
    const { user } = renderPage(<ExtractPage />, '/logg/utdrag')
    await user.type(await screen.findByLabelText('Personnummer'), `${NUMBER}{Enter}`)
    await screen.findByRole('article', { name: 'Loggutdrag' })
    expect(screen.getAllByRole('row')).toHaveLength(3)
    expect(bodies(EXTRACT)).toMatchObject([{ cursor: null }, { cursor: 'next' }])
  })
})
