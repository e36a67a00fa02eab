import { screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Shape } from '../../protocol/api'
import { pressEscape } from '../../testing/escape'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'
import { TextsPage } from './TextsPage'

const LIST = 'GET /organisation/texts'
const SAVE = 'PUT /organisation/texts'
const PREVIEW = 'POST /organisation/texts/preview'
const KEY = 'moved.patient.sms.sv'

const text = (key: string, words: string, own = false): Shape<'TextView'> => ({
  key,
  text: words,
  own,
  placeholders: ['tid', 'organisation', 'länk', 'kliniker'],
})
const list = (moved = 'Ny tid: {tid}. {länk}', own = false): Shape<'TextsView'> => ({
  texts: [
    text('invitation.patient.sms.sv', 'Välkommen {tid}. {länk}'),
    text(KEY, moved, own),
    text('moved.patient.email.sv', 'Hej, ny tid {tid}. {länk}'),
    text('moved.patient.sms.en', 'New time: {tid}. {länk}'),
  ],
})

let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  replies = {
    'GET /session': { ...session, roles: ['admin'] },
    [LIST]: list(),
    [PREVIEW]: { text: 'Ny tid: tisdag kl. 09:30. https://v.example/b#…', segments: 1 },
    [SAVE]: list('Vi flyttar dig till {tid}. {länk}', true),
  }
  server = fakeApi(replies)
})

async function open() {
  const page = renderPage(<TextsPage />, '/organisation/texter')
  await screen.findByText('Ny tid: {tid}. {länk}')
  return page
}

async function edit() {
  const page = await open()
  await page.user.click(screen.getByRole('button', { name: 'Ändra ombokning till patient' }))
  return page
}

const dialog = () => within(screen.getByRole('dialog'))
const field = () => dialog().getByLabelText<HTMLTextAreaElement>('Text')
const save = () => dialog().getByRole('button', { name: 'Spara texten' })

async function write(user: Awaited<ReturnType<typeof edit>>['user'], words: string) {
  await user.clear(field())
  await user.click(field())
  await user.paste(words)
}

describe('meddelandetexter (B10, O1)', () => {
  it('shows the texts by what is told and to whom, of one channel and language at a time', async () => {
    const { user } = await open()
    expect(screen.getByRole('heading', { name: 'Inbjudan' })).toBeVisible()
    expect(screen.queryByText(/Hej, ny tid/)).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Mejl' }))
    expect(screen.getByText(/Hej, ny tid/)).toBeVisible()
    await user.click(screen.getByRole('radio', { name: 'Sms' }))
    await user.click(screen.getByRole('radio', { name: 'Engelska' }))
    expect(screen.getByText(/New time/)).toBeVisible()
  })

  it('shows while one writes how it will look and how many parts it becomes', async () => {
    await edit()
    expect(await dialog().findByText(/tisdag kl. 09:30/)).toBeVisible()
    expect(dialog().getByText('1 sms-del av högst 2')).toBeVisible()
  })

  it('saves the text as one’s own, and says so in the list', async () => {
    const { user } = await edit()
    await write(user, 'Vi flyttar dig till {tid}. {länk}')
    await user.click(save())
    expect(await screen.findByText(/Texten är sparad/)).toBeVisible()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByText('Egen text')).toBeVisible()
    expect(server.made(SAVE).map(({ body }) => body)).toEqual([
      { key: KEY, text: 'Vi flyttar dig till {tid}. {länk}', replaces: 'Ny tid: {tid}. {länk}' },
    ])
  })

  it.each([
    ['text_missing_link', /länk/],
    ['text_unknown_placeholder', /klamm|fylls i/],
    ['text_not_gsm7', /tecken/],
    ['text_too_long', /lång/],
  ])('says in words what is wrong before it is saved: %s', async (code, words) => {
    replies[PREVIEW] = refusal(400, code, 'text')
    await edit()
    expect(await dialog().findByRole('alert')).toHaveTextContent(words)
    expect(field()).toHaveAttribute('aria-invalid', 'true')
  })

  it('puts a placeholder where the cursor is', async () => {
    const { user } = await edit()
    await write(user, 'Hej ')
    await user.click(dialog().getByRole('button', { name: /^Sätt in {kliniker}/ }))
    expect(field()).toHaveValue('Hej {kliniker}')
    expect(field()).toHaveFocus()
  })

  it('keeps what was written when Escape closes the dialog, until it is given up', async () => {
    const { user } = await edit()
    await write(user, 'Min text {länk}')
    pressEscape()
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Ändra ombokning till patient' }))
    expect(field()).toHaveValue('Min text {länk}')
    await user.click(dialog().getByRole('button', { name: 'Avbryt' }))
    await user.click(screen.getByRole('button', { name: 'Ändra ombokning till patient' }))
    expect(field()).toHaveValue('Ny tid: {tid}. {länk}')
  })

  it('takes the standard text back', async () => {
    replies[LIST] = list('Ny tid: {tid}. {länk}', true)
    replies[SAVE] = list()
    const { user } = await edit()
    await user.click(dialog().getByRole('button', { name: 'Återställ standardtexten' }))
    expect(await screen.findByText('Standardtexten gäller igen.')).toBeVisible()
    expect(server.made(SAVE)[0]?.body).toMatchObject({ key: KEY, text: null })
  })

  it('writes over nobody’s change unseen', async () => {
    replies[SAVE] = refusal(409, 'text_changed')
    const { user } = await edit()
    await write(user, 'Min text {länk}')
    replies[LIST] = list('Sofias text {länk}', true)
    await user.click(save())
    expect(await dialog().findByText('Sofias text {länk}')).toBeVisible()
    expect(field()).toHaveValue('Min text {länk}')
    replies[SAVE] = list('Min text {länk}', true)
    await user.click(save())
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(server.made(SAVE)[1]?.body).toMatchObject({ replaces: 'Sofias text {länk}' })
  })
})
