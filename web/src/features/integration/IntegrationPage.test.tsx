import { screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'
import { IntegrationPage } from './IntegrationPage'

const SEARCH = 'POST /integration/messages/search'
const READ = 'POST /integration/messages/m-1/read'
const REPLAY = 'POST /integration/messages/m-1/replay'

const summary: Shape<'MessageSummary'> = {
  message_id: 'm-1',
  received_at: '2026-11-22T08:41:07Z',
  system: 'VAS',
  operation: 'create',
  external_id: 'vas-4711',
  outcome: 'created',
  why: '',
  visit_id: 'v1',
}
const asam: Shape<'MessageSummary'> = {
  ...summary,
  message_id: 'm-2',
  external_id: 'vas-4712',
  outcome: 'ignored',
  why: 'asam',
  visit_id: null,
}

let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  replies = {
    'GET /session': { ...session, roles: ['support'] },
    [SEARCH]: { messages: [summary, asam], more: false },
  }
  server = fakeApi(replies)
})

async function open() {
  const page = renderPage(<IntegrationPage />, '/integration')
  await screen.findByRole('heading', { name: 'Integration' })
  return page
}

describe('integration, for support', () => {
  it('tells what came in today and what became of it, in words (V1, V2)', async () => {
    await open()
    const row = (await screen.findByText('vas-4712')).closest('tr') as HTMLElement
    expect(row).toHaveTextContent('Inget besök')
    expect(row).toHaveTextContent('Besöksorsaken är Anhörigsamtal (ASAM), som bokas för hand.')
    expect(screen.getByText('2026-11-22 09:41:07', { selector: 'tr:first-child time' })).toBeVisible()
    const asked = server.made(SEARCH).map(({ body }) => body as Shape<'SearchMessages'>)
    expect(asked.map(({ from_day: day }) => day)).toEqual(asked.map(({ to_day: day }) => day))
  })

  it('filters by outcome and booking', async () => {
    const { user } = await open()
    await screen.findByText('vas-4711')
    await user.selectOptions(screen.getByLabelText('Utfall'), 'rejected')
    await user.type(screen.getByLabelText('Bokningens id i systemet'), 'vas-9{Enter}')
    await waitFor(() => expect(server.made(SEARCH)).toHaveLength(2))
    expect(server.made(SEARCH)[1]?.body).toMatchObject({ outcome: 'rejected', external_id: 'vas-9' })
  })

  it('says that nothing came in', async () => {
    replies[SEARCH] = { messages: [], more: false }
    await open()
    expect(await screen.findByText('Inga meddelanden')).toBeVisible()
  })

  it('says in words why a refused message was refused', async () => {
    replies[SEARCH] = { messages: [{ ...summary, outcome: 'rejected', why: 'bad_input' }], more: false }
    await open()
    const why = await screen.findByText(/Något i uppgifterna stämmer inte/)
    expect(why.closest('td')).toHaveTextContent('Avvisat')
  })

  it('reads a whole message only after saying that it is logged (S6)', async () => {
    replies[READ] = { summary, body: '{"resourceType":"Appointment"}', replay_of: null }
    const { user } = await open()
    const [first] = await screen.findAllByRole('button', { name: 'Läs meddelandet' })
    await user.click(first as HTMLElement)
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/Läsningen loggas med ditt namn/)).toBeVisible()
    expect(server.made(READ)).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Läs och logga' }))
    const body = await dialog.findByLabelText<HTMLTextAreaElement>('Så som det kom in')
    expect(body.value).toBe('{\n  "resourceType": "Appointment"\n}')
    expect(dialog.getByText('Läsningen är loggad.')).toBeVisible()
  })

  it('runs a message again after a question, says what became of it, and reads the list anew', async () => {
    replies[REPLAY] = { ...summary, operation: 'replay', outcome: 'unchanged', why: 'same_version' }
    const { user } = await open()
    const [first] = await screen.findAllByRole('button', { name: 'Kör igen' })
    await user.click(first as HTMLElement)
    expect(server.made(REPLAY)).toEqual([])
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Kör igen' }))
    expect(await screen.findByText(/Kört igen: Inget ändrat/)).toBeVisible()
    await waitFor(() => expect(server.made(SEARCH)).toHaveLength(2))
  })

  it('says why it could not be run again, and stays', async () => {
    replies[REPLAY] = refusal(409, 'changed_meanwhile')
    const { user } = await open()
    const [first] = await screen.findAllByRole('button', { name: 'Kör igen' })
    await user.click(first as HTMLElement)
    const dialog = within(screen.getByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: 'Kör igen' }))
    expect(await dialog.findByText(/Någon annan har ändrat/)).toBeVisible()
  })
})
