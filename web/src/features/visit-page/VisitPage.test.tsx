import { screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { FakeSocket } from '../../testing/fake-socket'
import { liveSocket, renderPage } from '../../testing/render-page'
import { message, note, nothingTold, session, visit } from '../../testing/shapes'
import { VisitPage } from './VisitPage'

const ongoing = (changes: Partial<Shape<'VisitView'>> = {}) =>
  visit({
    version: 3,
    status: 'pagaende',
    actions: ['start_call', 'end', 'no_show', 'chat', 'note'],
    ...changes,
  })
const WATCH = { action: 'watch', visit_id: 'v1' }
let shown: Shape<'VisitView'>
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  shown = visit()
  replies = {
    'GET /session': session,
    'GET /visits/v1': () => shown,
    'GET /visits/v1/chat': { messages: [message('m1', 'Hej, jag är här')] },
    'GET /visits/v1/note': note,
  }
  server = fakeApi(replies)
})

async function open() {
  const page = renderPage(<VisitPage visitId="v1" />, '/besok/v1')
  await screen.findByRole('heading', { name: /Anna Andersson/ })
  return page
}

function fakeWindow(href: string) {
  return { closed: false, focus: vi.fn(), location: { href, replace: vi.fn() } }
}

describe('besökssidan', () => {
  it('takes the visit from bokat to pågående, one next step at a time (S1)', async () => {
    replies['POST /visits/v1/receive'] = visit({ version: 2, status: 'mottaget', actions: ['start', 'chat'] })
    replies['POST /visits/v1/start'] = ongoing()
    const { user } = await open()
    expect(screen.queryByRole('button', { name: 'Starta videomöte' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Ta emot' }))
    await user.click(await screen.findByRole('button', { name: 'Starta besök' }))
    expect(await screen.findByRole('button', { name: 'Starta videomöte' })).toBeVisible()
    const map = screen.getByRole('list', { name: 'Besökets gång' })
    expect(within(map).getByText('Pågående')).toHaveAttribute('aria-current', 'step')
    expect(screen.queryByRole('button', { name: 'Starta besök' })).toBeNull()
  })

  it('says in words who waits, and has no name in the title', async () => {
    await open()
    expect(screen.getByText('väntar sedan 09:52')).toBeVisible()
    await vi.waitFor(() => expect(document.title).toBe('Besök 09:30 · Vårdrum'))
  })

  it('offers Uteblev when the time comes, without being asked (S1)', async () => {
    vi.useFakeTimers({ now: Date.parse(shown.starts_at) - 60_000, shouldAdvanceTime: true })
    shown = visit({ actions: ['receive', 'chat', 'note'] })
    await open()
    expect(screen.queryByRole('button', { name: 'Uteblev' })).toBeNull()
    shown = visit({ actions: ['receive', 'no_show', 'chat', 'note'] })
    await vi.advanceTimersByTimeAsync(70_000)
    expect(await screen.findByRole('button', { name: 'Uteblev' })).toBeVisible()
    vi.useRealTimers()
  })

  it('opens one window for the call, and a second click focuses it (C1, S4)', async () => {
    shown = ongoing()
    const call = fakeWindow('about:blank')
    const opened = vi.fn(() => call)
    vi.stubGlobal('open', opened)
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Starta videomöte' }))
    expect(opened).toHaveBeenCalledWith('', 'samtal-v1', expect.stringContaining('popup'))
    expect(call.location.replace).toHaveBeenCalledWith('/samtal/v1')
    await user.click(screen.getByRole('button', { name: 'Öppna videomötet' }))
    expect(opened).toHaveBeenCalledTimes(1)
    expect(call.focus).toHaveBeenCalledTimes(2)
  })

  it('finds the open call window again after a reload, and leaves it as it is', async () => {
    shown = ongoing()
    const call = fakeWindow('http://localhost:3000/samtal/v1')
    vi.stubGlobal('open', () => call)
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Starta videomöte' }))
    expect(call.location.replace).not.toHaveBeenCalled()
    expect(call.focus).toHaveBeenCalled()
  })

  it('gives a link when the browser refuses the window (C1)', async () => {
    shown = ongoing()
    vi.stubGlobal('open', () => null)
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Starta videomöte' }))
    const link = screen.getByRole('link', { name: 'Öppna videomötet i en ny flik' })
    expect(link).toHaveAttribute('href', '/samtal/v1')
    expect(link).toHaveAttribute('target', 'samtal-v1')
  })

  it('asks before it ends a visit with a running call, then ends both (S5)', async () => {
    shown = ongoing()
    replies['POST /visits/v1/end'] = ({ body }: { body: Shape<'EndVisit'> }) =>
      body.end_call
        ? visit({ version: 4, status: 'avslutat', actions: ['note'] })
        : refusal(409, 'call_running')
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Avsluta besök' }))
    const dialog = await screen.findByRole('dialog', { name: 'Ett videomöte pågår' })
    await user.click(within(dialog).getByRole('button', { name: 'Avbryt' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Avsluta besök' }))
    await user.click(await screen.findByRole('button', { name: 'Avsluta samtal och besök' }))
    expect(await screen.findByText('Chatten är stängd.')).toBeVisible()
    expect(server.made('POST /visits/v1/end').map((made) => made.body)).toEqual([
      { end_call: false },
      { end_call: false },
      { end_call: true },
    ])
  })

  it('marks a no-show only after a question (S5)', async () => {
    replies['POST /visits/v1/no-show'] = visit({ version: 2, status: 'uteblivet', actions: ['note'] })
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Uteblev' }))
    expect(server.made('POST /visits/v1/no-show')).toEqual([])
    await user.click(await screen.findByRole('button', { name: 'Markera som uteblivet' }))
    expect(await screen.findByText('Uteblivet')).toBeVisible()
  })

  it('sends a message with Enter, and shows one told live once (S2)', async () => {
    replies['POST /visits/v1/chat'] = ({ body }: { body: Shape<'SendChat'> }) => ({
      ...message(body.message_id, body.text, '2026-11-22T09:01:00Z'),
      author_id: 'p-staff',
    })
    const { user } = await open()
    const field = screen.getByLabelText('Skriv till patienten')
    await user.type(field, 'Rad ett{Shift>}{Enter}{/Shift}rad två{Enter}')
    expect(server.made('POST /visits/v1/chat')[0]?.body).toMatchObject({ text: 'Rad ett\nrad två' })
    expect(field).toHaveValue('')
    await liveSocket()
    const told = {
      type: 'chat.message',
      visit_id: 'v1',
      message: message('m2', 'Tack', '2026-11-22T09:02:00Z'),
    }
    FakeSocket.latest.tell(told)
    FakeSocket.latest.tell(told)
    const log = screen.getByRole('log')
    expect(await within(log).findAllByText('Tack')).toHaveLength(1)
  })

  it('shows chat text as text', async () => {
    replies['GET /visits/v1/chat'] = { messages: [message('m1', '<img src=x onerror=alert(1)>')] }
    await open()
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeVisible()
  })

  it('watches its visit and reads it again when it changes, but not for an older version (L5)', async () => {
    await open()
    await liveSocket()
    await vi.waitFor(() => expect(FakeSocket.latest.sent).toContainEqual(WATCH))
    FakeSocket.latest.tell({ type: 'visit.changed', visit_id: 'v1', version: 1 })
    shown = ongoing()
    FakeSocket.latest.tell({ type: 'visit.changed', visit_id: 'v1', version: 3 })
    expect(await screen.findByRole('button', { name: 'Starta videomöte' })).toBeVisible()
    expect(server.made('GET /visits/v1')).toHaveLength(2)
  })

  it('shows what was written between its first reading and its watching (S2)', async () => {
    await open()
    await liveSocket()
    replies['GET /visits/v1/chat'] = { messages: [message('m1', 'Jag är här')] }
    FakeSocket.latest.tell({ type: 'watching', visit_id: 'v1', version: 1 })
    expect(await screen.findByText('Jag är här')).toBeVisible()
  })

  it('reads again when others were faster than the answer to an action (S1)', async () => {
    const { user } = await open()
    await liveSocket()
    replies['POST /visits/v1/receive'] = () => {
      FakeSocket.latest.tell({ type: 'visit.changed', visit_id: 'v1', version: 3 })
      shown = ongoing()
      return visit({ version: 2 })
    }
    await user.click(screen.getByRole('button', { name: 'Ta emot' }))
    expect(await screen.findByRole('button', { name: 'Starta videomöte' })).toBeVisible()
  })

  it('saves notes by itself and says when (S3)', async () => {
    replies['PUT /visits/v1/note'] = ({ body }: { body: Shape<'SaveNote'> }) => ({
      text: body.text,
      version: body.version + 1,
      saved_at: '2026-11-22T08:41:00Z',
      saved_by: session.name,
    })
    const { user } = await open()
    await waitFor(() => expect(screen.getByText('inget skrivet')).toBeVisible())
    await user.type(screen.getByLabelText('Anteckningar'), 'Eksem')
    expect(await screen.findByText('sparat 09:41', undefined, { timeout: 3_000 })).toBeVisible()
    expect(server.made('PUT /visits/v1/note').at(-1)?.body).toEqual({ text: 'Eksem', version: 0 })
  })

  it('says plainly that one was taken out of it, and shows nothing of it any more (G5)', async () => {
    await open()
    const live = await liveSocket()
    live.tell({ type: 'participation.ended', visit_id: 'v2' })
    expect(screen.getByRole('heading', { name: /Anna Andersson/ })).toBeVisible()
    live.tell({ type: 'participation.ended', visit_id: 'v1' })
    expect(await screen.findByRole('heading', { name: 'Du är inte längre med i besöket' })).toBeVisible()
    expect(screen.queryByText(/Anna Andersson/)).toBeNull()
  })

  it('is closed to who learns by reading it again that they are no longer in it (S6)', async () => {
    await open()
    const live = await liveSocket()
    replies['GET /visits/v1'] = refusal(404, 'not_found')
    live.tell({ type: 'visit.changed', visit_id: 'v1', version: 9 })
    expect(await screen.findByRole('heading', { name: 'Du är inte längre med i besöket' })).toBeVisible()
  })

  it('shows how an interpreter fares in words, and copies their link (G3)', async () => {
    shown = visit({
      participants: [
        ...visit().participants,
        {
          participant_id: 'p-tolk',
          role: 'guest',
          name: 'Tolk digital',
          presence: { state: 'invited', since: null },
          delivery: 'sent',
          is_owner: false,
          guest_kind: 'interpreter',
          removable: true,
          ...nothingTold,
        },
      ],
    })
    replies['POST /visits/v1/participants/p-tolk/link'] = { url: 'https://vardrum.example/b#x' }
    const { user } = await open()
    const row = screen.getByText('Tolk digital').closest('li') as HTMLElement
    expect(within(row).getByText('inbjuden')).toBeVisible()
    expect(within(row).getByText('Gäst, tolk')).toBeVisible()
    await user.click(within(row).getByRole('button', { name: 'Kopiera inbjudningslänk' }))
    expect(await navigator.clipboard.readText()).toBe('https://vardrum.example/b#x')
  })

  it('tells a visit that is not mine from an error (S6)', async () => {
    replies['GET /visits/v1'] = refusal(404, 'not_found')
    renderPage(<VisitPage visitId="v1" />)
    expect(await screen.findByText('Besöket finns inte, eller så är du inte tillagd i det.')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Till startsidan' })).toBeVisible()
  })
})

describe('besökssidan for a colleague who is a guest of the visit (G4)', () => {
  const invited = (changes: Partial<Shape<'VisitView'>> = {}) =>
    visit({
      version: 3,
      status: 'pagaende',
      me: { participant_id: 'p-berg', is_owner: false, role: 'colleague' },
      actions: ['join_call', 'chat'],
      participants: [
        ...visit().participants,
        {
          participant_id: 'p-berg',
          role: 'colleague',
          name: 'Bo Berg',
          presence: { state: 'invited', since: null },
          delivery: 'none',
          is_owner: false,
          guest_kind: null,
          removable: true,
          ...nothingTold,
        },
      ],
      ...changes,
    })
  const call = (staff: number) => ({ call_id: 'v1.1', staff_connected: staff, connected: staff })

  it('has chat and participants, but neither notes, contacts nor the steps of the visit', async () => {
    shown = invited()
    await open()
    expect(screen.getByRole('log')).toBeVisible()
    expect(screen.getByText('Gäst i besöket, du')).toBeVisible()
    expect(screen.queryByLabelText('Anteckningar')).toBeNull()
    for (const name of ['Starta videomöte', 'Avsluta besök', 'Redigera deltagare', 'Ta emot'])
      expect(screen.queryByRole('button', { name })).toBeNull()
    expect(server.made('GET /visits/v1/note')).toEqual([])
  })

  it('joins by the button in the chat, which is there while staff is in the call', async () => {
    shown = invited({ call: call(0) })
    const { user } = await open()
    const live = await liveSocket()
    expect(screen.queryByRole('button', { name: 'Gå med i videosamtal' })).toBeNull()
    shown = invited({ version: 4, call: call(1) })
    live.tell({ type: 'visit.changed', visit_id: 'v1', version: 4 })
    const window = fakeWindow('about:blank')
    vi.stubGlobal('open', () => window)
    await user.click(await screen.findByRole('button', { name: 'Gå med i videosamtal' }))
    expect(window.location.replace).toHaveBeenCalledWith('/samtal/v1')
  })
})
