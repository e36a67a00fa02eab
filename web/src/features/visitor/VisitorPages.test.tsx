import { render, screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { deadNetwork, fakeApi, refusal } from '../../testing/fake-api'
import { FakeSocket } from '../../testing/fake-socket'
import { liveSocket } from '../../testing/render-page'
import { message } from '../../testing/shapes'
import type { View } from './use-visit'
import { VisitorPages } from './VisitorPages'

const view = (changes: Partial<View> = {}): View => ({
  stage: 'admitted',
  role: 'patient',
  csrf_token: 'csrf-v',
  participant_id: 'p-anna',
  my_name: 'Anna Alm',
  org_name: 'Region Halland',
  unit_name: 'Hudmottagningen',
  clinician_name: 'Karin Ek',
  starts_at: '2026-11-22T08:30:00Z',
  ends_at: '2026-11-22T09:00:00Z',
  status: 'bokat',
  clinician: 'not_here',
  may_chat: true,
  call: null,
  last_call_id: null,
  ...changes,
})
const BEFORE = view({ stage: 'identify', my_name: '', clinician_name: '', unit_name: '' })
const order = {
  provider: 'bankid',
  status: 'pending',
  hint_code: 'outstandingTransaction',
  text_id: 'RFA1',
  qr: 'bankid.x',
  auto_start_token: 'ast',
}
const FREJA = { ...order, provider: 'freja', hint_code: 'STARTED', text_id: 'FREJA_STARTED', qr: null }
const REQUEST = { call_id: 'c1', requested: true }

/** jsdom has no sound. */
class SilentAudio {
  currentTime = 0
  destination = {}
  createOscillator = () => ({ frequency: {}, connect: (to: unknown) => to, start() {}, stop() {} })
  createGain = () => ({
    gain: { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} },
    connect() {},
  })
  close = async () => undefined
}

let shown: View
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  FakeSocket.install()
  vi.stubGlobal('AudioContext', SilentAudio)
  shown = view()
  replies = {
    'POST /links/open': () => shown,
    'GET /visitor': () => shown,
    'GET /visitor/settings': {
      eid_providers: ['bankid', 'freja'],
      eid_app_url: 'http://localhost:8001/bankid/app',
      freja_app_url: 'http://localhost:8001/freja/app',
    },
    'GET /visitor/chat': { messages: [] },
    'POST /visitor/eid': order,
    'POST /visitor/eid/collect': order,
    'DELETE /visitor/eid': {},
  }
  server = fakeApi(replies)
})

function open(address = '/b') {
  window.history.replaceState(null, '', address)
  render(<VisitorPages />)
  return userEvent.setup()
}

const heading = (name: string | RegExp) => screen.findByRole('heading', { name, level: 1 })
const button = (name: string) => screen.getByRole('button', { name })

async function intoWaitingRoom() {
  const user = open()
  await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
  await heading('Du är i väntrummet')
  return user
}

async function told(changes: Partial<View>) {
  shown = view(changes)
  const live = await liveSocket()
  live.tell({ type: 'visit.changed', visit_id: 'v1', version: 2 })
}

describe('a link (G5)', () => {
  it('is taken out of the address bar at once, and sent in the body', async () => {
    shown = BEFORE
    open('/b#secret-token')
    expect(window.location.href).not.toContain('secret')
    await heading('Videobesök 09:30')
    expect(server.made('POST /links/open')[0]?.body).toEqual({ token: 'secret-token' })
  })

  it('shows nothing of clinic or clinician before one has identified oneself', async () => {
    shown = BEFORE
    open('/b#token')
    await heading('Videobesök 09:30')
    expect(screen.queryByText(/^med |Hudmottagningen/)).toBeNull()
  })

  it.each([
    [404, 'link_unknown', 'Länken fungerar inte'],
    [410, 'link_expired', 'Länken gäller inte längre'],
    [410, 'link_ended', 'Besöket är avslutat'],
    [410, 'link_cancelled', 'Besöket är avbokat'],
    [429, 'too_many_attempts', 'För många försök'],
  ])('answered with %d %s says so in clear words', async (status, code, title) => {
    replies['POST /links/open'] = refusal(status, code)
    open('/b#token')
    await heading(title)
  })

  it('that could not be sent can be tried again, without opening it anew', async () => {
    replies['POST /links/open'] = deadNetwork
    const user = open('/b#token')
    const again = await screen.findByRole('button', { name: 'Försök igen' })
    replies['POST /links/open'] = BEFORE
    await user.click(again)
    await heading('Videobesök 09:30')
  })

  it('is asked for when the page is opened without one', async () => {
    replies['GET /visitor'] = refusal(401, 'not_logged_in')
    open()
    await heading('Öppna länken i ditt meddelande')
  })

  it('used on another device closes this page (G2)', async () => {
    replies['GET /visitor'] = refusal(401, 'replaced')
    open()
    await heading('Länken används på en annan enhet')
  })
})

describe('identification (G6)', () => {
  it('shows the QR code on a computer, and the way to the app on this device', async () => {
    shown = BEFORE
    const user = open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await heading('Legitimera dig med BankID')
    expect(await screen.findByRole('img', { name: 'QR-kod för BankID' })).toBeVisible()
    const app = screen.getByRole('link', { name: 'Öppna BankID på den här enheten' })
    await vi.waitFor(() => expect(app).toHaveAttribute('href', expect.stringContaining('autostarttoken=ast')))
  })

  it('goes on by itself when the app is done, also on a page that it opened', async () => {
    shown = BEFORE
    replies['POST /visitor/eid/collect'] = () => {
      shown = view()
      return { ...order, status: 'complete' }
    }
    open('/b#bankid')
    await heading('Fungerar kamera och ljud?')
    expect(window.location.hash).toBe('')
    expect(server.made('POST /visitor/eid')).toHaveLength(0)
  })

  it('goes on with the order when the person comes back from the app by hand', async () => {
    shown = BEFORE
    sessionStorage.setItem('vardrum.eid-launched', 'bankid')
    replies['POST /visitor/eid/collect'] = {
      ...order,
      status: 'failed',
      hint_code: 'userCancel',
      text_id: 'RFA6',
    }
    open()
    await heading('Det gick inte att legitimera dig')
    expect(screen.getByText('Åtgärden avbröts.')).toBeVisible()
  })

  it('offers Freja eID beside BankID, which waits in the app on the phone', async () => {
    shown = BEFORE
    replies['POST /visitor/eid'] = replies['POST /visitor/eid/collect'] = FREJA
    const user = open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med Freja eID' }))
    await heading('Legitimera dig med Freja eID')
    expect(await screen.findByText('Öppna Freja-appen och legitimera dig.')).toBeVisible()
    expect(server.made('POST /visitor/eid')[0]?.body).toEqual({ provider: 'freja', return_here: false })
    expect(screen.queryByRole('img', { name: /QR/ })).toBeNull()
    expect(screen.queryByRole('link')).toBeNull()
  })

  it('goes on with Freja when its app opens the page again', async () => {
    shown = BEFORE
    replies['POST /visitor/eid/collect'] = { ...FREJA, status: 'failed', text_id: 'FREJA_CANCELED' }
    const user = open('/b#freja')
    await heading('Det gick inte att legitimera dig')
    expect(screen.getByText('Du avbröt legitimeringen i Freja-appen.')).toBeVisible()
    await user.click(button('Välj en annan e-legitimation'))
    expect(await screen.findByRole('button', { name: 'Legitimera dig med BankID' })).toBeVisible()
  })

  it('offers only what the organisation has', async () => {
    shown = BEFORE
    replies['GET /visitor/settings'] = { eid_providers: ['bankid'], eid_app_url: null, freja_app_url: null }
    open('/b#token')
    await screen.findByRole('button', { name: 'Legitimera dig med BankID' })
    expect(screen.queryByRole('button', { name: /Freja/ })).toBeNull()
  })

  it('offers BankID when the settings cannot be read', async () => {
    shown = BEFORE
    replies['GET /visitor/settings'] = refusal(404, 'not_found')
    open('/b#token')
    expect(await screen.findByRole('button', { name: 'Legitimera dig med BankID' })).toBeVisible()
  })

  it.each([
    [
      'eid_already_in_progress',
      'En identifiering eller underskrift pågår redan för ditt personnummer. Försök igen.',
    ],
    ['eid_unavailable', 'Något gick fel. Försök igen.'],
    ['eid_refused', 'Legitimeringen kunde inte startas. Försök igen, eller kontakta mottagningen.'],
  ])('that cannot be started (%s) says why, and can be tried again', async (code, text) => {
    shown = BEFORE
    replies['POST /visitor/eid'] = refusal(503, code)
    const user = open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await heading('Det gick inte att legitimera dig')
    expect(screen.getByText(text)).toBeVisible()
    replies['POST /visitor/eid'] = order
    await user.click(button('Försök igen'))
    await heading('Legitimera dig med BankID')
  })

  it('tells another person that the link is not theirs', async () => {
    shown = BEFORE
    replies['POST /visitor/eid/collect'] = refusal(403, 'wrong_person')
    open('/b#bankid')
    await heading('Fel person')
    expect(screen.getByText(/Länken gäller någon annan/)).toBeVisible()
    expect(button('Försök igen')).toBeVisible()
  })

  it('withdraws the order when one goes back', async () => {
    shown = BEFORE
    const user = open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await screen.findByRole('img', { name: 'QR-kod för BankID' })
    await user.click(button('Avbryt'))
    await heading('Videobesök 09:30')
    expect(server.made('DELETE /visitor/eid')).toHaveLength(1)
  })
})

describe('a guest (G2)', () => {
  const guest = view({ stage: 'name', role: 'guest', may_chat: false, my_name: '' })

  it('says who they are, and nothing else', async () => {
    shown = guest
    replies['POST /visitor/enter'] = () => {
      shown = view({ role: 'guest', may_chat: false, my_name: 'Gunilla' })
      return shown
    }
    const user = open('/b#token')
    await heading('Vad heter du?')
    await user.click(button('Fortsätt'))
    expect(screen.getByRole('alert')).toHaveTextContent('Skriv ditt namn')
    await user.type(screen.getByRole('textbox', { name: 'Ditt namn' }), 'Gunilla')
    await user.click(button('Fortsätt'))
    await heading('Fungerar kamera och ljud?')
    expect(server.made('POST /visitor/enter')[0]).toMatchObject({ body: { name: 'Gunilla' }, csrf: 'csrf-v' })
  })

  it('has no visit chat', async () => {
    shown = view({ role: 'guest', may_chat: false })
    await intoWaitingRoom()
    expect(screen.queryByRole('log')).toBeNull()
    expect(server.made('GET /visitor/chat')).toHaveLength(0)
  })
})

describe('the waiting room (S7)', () => {
  it('says honestly how far the clinician has come, live', async () => {
    await intoWaitingRoom()
    expect(screen.getByText('Vårdgivaren är inte här än')).toBeVisible()
    await told({ clinician: 'received' })
    expect(await screen.findByText('Karin Ek har tagit emot dig')).toBeVisible()
  })

  it('reads again when the connection is first open: what came before that was not told', async () => {
    await intoWaitingRoom()
    shown = view({ clinician: 'received' })
    replies['GET /visitor/chat'] = { messages: [message('m1', 'Strax hos dig')] }
    await liveSocket()
    expect(await screen.findByText('Karin Ek har tagit emot dig')).toBeVisible()
    expect(await screen.findByText('Strax hos dig')).toBeVisible()
  })

  it('says when the connection is lost, and reads again when it is back', async () => {
    await intoWaitingRoom()
    const live = await liveSocket()
    live.close()
    expect(await screen.findByText(/Din plats finns kvar\.$/)).toBeVisible()
  })

  it('ends on the newer device being used', async () => {
    await intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'replaced' })
    await heading('Länken används på en annan enhet')
  })

  it('takes the link back on the replaced device, where one says who one is again (G2)', async () => {
    const user = await intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'replaced' })
    await heading('Länken används på en annan enhet')
    replies['POST /visitor/here'] = view({
      stage: 'name',
      role: 'guest',
      my_name: 'Tore',
      csrf_token: 'csrf-2',
    })
    replies['POST /visitor/enter'] = view({ role: 'guest', csrf_token: 'csrf-3' })
    await user.click(button('Använd här i stället'))
    await heading('Vad heter du?')
    await user.click(button('Fortsätt'))
    await heading('Du är i väntrummet')
    expect(server.made('POST /visitor/enter')[0]?.csrf).toBe('csrf-2')
  })

  it('says why a replaced device cannot take the link back', async () => {
    replies['GET /visitor'] = refusal(401, 'replaced')
    const user = open()
    await heading('Länken används på en annan enhet')
    replies['POST /visitor/here'] = refusal(410, 'link_cancelled')
    await user.click(button('Använd här i stället'))
    await heading('Besöket är avbokat')
  })

  it('says plainly that one was taken out of the visit (G5)', async () => {
    await intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'removed' })
    await heading('Du är inte längre med i besöket')
    expect(screen.queryByRole('button', { name: 'Använd här i stället' })).toBeNull()
  })

  it('ends with the visit', async () => {
    await intoWaitingRoom()
    await told({ stage: 'ended', status: 'avslutat' })
    await heading('Besöket är avslutat')
  })
})

describe('the call request (C3)', () => {
  it('fills the screen, and its answer leads to the device step', async () => {
    const user = await intoWaitingRoom()
    await told({ call: REQUEST })
    await screen.findByRole('alertdialog', { name: 'Karin Ek vill starta videosamtalet' })
    await vi.waitFor(() => expect(button('Svara')).toHaveFocus())
    await user.click(button('Svara'))
    await heading('Bild och ljud')
    expect(button('Anslut till videosamtal')).toBeVisible()
  })

  it('can wait: it stays in the waiting room and does not ring again', async () => {
    const user = await intoWaitingRoom()
    await told({ call: REQUEST })
    await user.click(await screen.findByRole('button', { name: 'Inte nu' }))
    expect(await screen.findByText('Karin Ek väntar på dig i videosamtalet.')).toBeVisible()
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('is withdrawn when staff leaves before the answer', async () => {
    const user = await intoWaitingRoom()
    await told({ call: REQUEST })
    await user.click(await screen.findByRole('button', { name: 'Svara' }))
    await heading('Bild och ljud')
    await told({ call: null })
    await heading('Du är i väntrummet')
    expect(screen.getByText(/Samtalsförfrågan togs tillbaka/)).toBeVisible()
  })

  it('rings anew when staff calls again', async () => {
    const user = await intoWaitingRoom()
    await told({ call: REQUEST })
    await user.click(await screen.findByRole('button', { name: 'Inte nu' }))
    await told({ call: null })
    await vi.waitFor(() => expect(screen.queryByText(/väntar på dig i videosamtalet/)).toBeNull())
    await told({ call: REQUEST })
    await screen.findByRole('alertdialog')
  })
})
