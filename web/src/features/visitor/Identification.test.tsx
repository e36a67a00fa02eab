import { screen } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { refusal } from '../../testing/fake-api'
import { BEFORE, button, heading, order, TestVisitor, view } from './testing/test-visitor'

const FREJA = { ...order, provider: 'freja', hint_code: 'STARTED', text_id: 'FREJA_STARTED', qr: null }

let visitor: TestVisitor

beforeEach(() => {
  visitor = new TestVisitor()
})

describe('identification (G6)', () => {
  it('shows the QR code on a computer, and the way to the app on this device', async () => {
    visitor.shown = BEFORE
    const user = visitor.open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await heading('Legitimera dig med BankID')
    expect(await screen.findByRole('img', { name: 'QR-kod för BankID' })).toBeVisible()
    const app = screen.getByRole('link', { name: 'Öppna BankID på den här enheten' })
    await vi.waitFor(() => expect(app).toHaveAttribute('href', expect.stringContaining('autostarttoken=ast')))
  })

  it('goes on by itself when the app is done, also on a page that it opened', async () => {
    visitor.shown = BEFORE
    visitor.replies['POST /visitor/eid/collect'] = () => {
      visitor.shown = view()
      return { ...order, status: 'complete' }
    }
    visitor.open('/b#bankid')
    await heading('Fungerar kamera och ljud?')
    expect(window.location.hash).toBe('')
    expect(visitor.server.made('POST /visitor/eid')).toHaveLength(0)
  })

  it('goes on with the order when the person comes back from the app by hand', async () => {
    visitor.shown = BEFORE
    sessionStorage.setItem('vardrum.eid-launched', 'bankid')
    visitor.replies['POST /visitor/eid/collect'] = {
      ...order,
      status: 'failed',
      hint_code: 'userCancel',
      text_id: 'RFA6',
    }
    visitor.open()
    await heading('Det gick inte att legitimera dig')
    expect(screen.getByText('Åtgärden avbröts.')).toBeVisible()
  })

  it('offers Freja eID beside BankID, which waits in the app on the phone', async () => {
    visitor.shown = BEFORE
    visitor.replies['POST /visitor/eid'] = visitor.replies['POST /visitor/eid/collect'] = FREJA
    const user = visitor.open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med Freja eID' }))
    await heading('Legitimera dig med Freja eID')
    expect(await screen.findByText('Öppna Freja-appen och legitimera dig.')).toBeVisible()
    expect(visitor.server.made('POST /visitor/eid')[0]?.body).toEqual({
      provider: 'freja',
      return_here: false,
    })
    expect(screen.queryByRole('img', { name: /QR/ })).toBeNull()
    expect(screen.queryByRole('link')).toBeNull()
  })

  it('goes on with Freja when its app opens the page again', async () => {
    visitor.shown = BEFORE
    visitor.replies['POST /visitor/eid/collect'] = { ...FREJA, status: 'failed', text_id: 'FREJA_CANCELED' }
    const user = visitor.open('/b#freja')
    await heading('Det gick inte att legitimera dig')
    expect(screen.getByText('Du avbröt legitimeringen i Freja-appen.')).toBeVisible()
    await user.click(button('Välj en annan e-legitimation'))
    expect(await screen.findByRole('button', { name: 'Legitimera dig med BankID' })).toBeVisible()
  })

  it('offers only what the organisation has', async () => {
    visitor.shown = BEFORE
    visitor.replies['GET /visitor/settings'] = {
      eid_providers: ['bankid'],
      eid_app_url: null,
      freja_app_url: null,
    }
    visitor.open('/b#token')
    await screen.findByRole('button', { name: 'Legitimera dig med BankID' })
    expect(screen.queryByRole('button', { name: /Freja/ })).toBeNull()
  })

  it('offers BankID when the settings cannot be read', async () => {
    visitor.shown = BEFORE
    visitor.replies['GET /visitor/settings'] = refusal(404, 'not_found')
    visitor.open('/b#token')
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
    visitor.shown = BEFORE
    visitor.replies['POST /visitor/eid'] = refusal(503, code)
    const user = visitor.open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await heading('Det gick inte att legitimera dig')
    expect(screen.getByText(text)).toBeVisible()
    visitor.replies['POST /visitor/eid'] = order
    await user.click(button('Försök igen'))
    await heading('Legitimera dig med BankID')
  })

  it('tells another person that the link is not theirs', async () => {
    visitor.shown = BEFORE
    visitor.replies['POST /visitor/eid/collect'] = refusal(403, 'wrong_person')
    visitor.open('/b#bankid')
    await heading('Fel person')
    expect(screen.getByText(/Länken gäller någon annan/)).toBeVisible()
    expect(button('Försök igen')).toBeVisible()
  })

  it.each([
    [403, 'guardian_may_not_act', 'Länken kan inte användas'],
    [410, 'link_cancelled', 'Besöket är avbokat'],
    [410, 'removed', 'Du är inte längre med i besöket'],
  ])(
    'refused with %d %s says so, and does not ask to try what cannot succeed',
    async (status, code, title) => {
      visitor.shown = BEFORE
      visitor.replies['POST /visitor/eid'] = refusal(status, code)
      const user = visitor.open('/b#token')
      await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
      await heading(title)
      expect(screen.queryByRole('button', { name: 'Försök igen' })).toBeNull()
    },
  )

  it('that has succeeded already goes on', async () => {
    visitor.shown = BEFORE
    visitor.replies['POST /visitor/eid'] = () => {
      visitor.shown = view()
      return refusal(409, 'already_admitted')
    }
    const user = visitor.open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await heading('Fungerar kamera och ljud?')
  })

  it('puts the focus on the heading when another way is chosen, for the button chosen is gone', async () => {
    visitor.shown = BEFORE
    const user = visitor.open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await user.click(await screen.findByRole('link', { name: 'Öppna BankID på den här enheten' }))
    await user.click(await screen.findByRole('button', { name: 'Använd BankID på en annan enhet' }))
    await screen.findByRole('img', { name: 'QR-kod för BankID' })
    expect(await heading('Legitimera dig med BankID')).toHaveFocus()
  })

  it('withdraws the order when one goes back', async () => {
    visitor.shown = BEFORE
    const user = visitor.open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Legitimera dig med BankID' }))
    await screen.findByRole('img', { name: 'QR-kod för BankID' })
    await user.click(button('Avbryt'))
    await heading('Videobesök 09:30')
    expect(visitor.server.made('DELETE /visitor/eid')).toHaveLength(1)
  })
})
