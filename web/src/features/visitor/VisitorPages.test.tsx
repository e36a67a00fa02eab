import { screen } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { deadNetwork, refusal } from '../../testing/fake-api'
import { BEFORE, button, heading, TestVisitor, view } from './testing/test-visitor'

let visitor: TestVisitor

beforeEach(() => {
  visitor = new TestVisitor()
})

describe('a link (G5)', () => {
  it('is taken out of the address bar at once, and sent in the body', async () => {
    visitor.shown = BEFORE
    visitor.open('/b#secret-token')
    expect(window.location.href).not.toContain('secret')
    await heading('Videobesök 09:30')
    expect(visitor.server.made('POST /links/open')[0]?.body).toEqual({ token: 'secret-token' })
  })

  it('shows nothing of clinic or clinician before one has identified oneself', async () => {
    visitor.shown = BEFORE
    visitor.open('/b#token')
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
    visitor.replies['POST /links/open'] = refusal(status, code)
    visitor.open('/b#token')
    await heading(title)
  })

  it('that could not be sent can be tried again, without opening it anew', async () => {
    visitor.replies['POST /links/open'] = deadNetwork
    const user = visitor.open('/b#token')
    const again = await screen.findByRole('button', { name: 'Försök igen' })
    visitor.replies['POST /links/open'] = BEFORE
    await user.click(again)
    await heading('Videobesök 09:30')
  })

  it('is asked for when the page is opened without one', async () => {
    visitor.replies['GET /visitor'] = refusal(401, 'not_logged_in')
    visitor.open()
    await heading('Öppna länken i ditt meddelande')
  })

  it('used on another device closes this page (G2)', async () => {
    visitor.replies['GET /visitor'] = refusal(401, 'replaced')
    visitor.open()
    await heading('Länken används på en annan enhet')
  })
})

describe('a guest (G2)', () => {
  const guest = view({ stage: 'name', role: 'guest', may_chat: false, my_name: '' })

  it('says who they are, and nothing else', async () => {
    visitor.shown = guest
    visitor.replies['POST /visitor/enter'] = () => {
      visitor.shown = view({ role: 'guest', may_chat: false, my_name: 'Gunilla' })
      return visitor.shown
    }
    const user = visitor.open('/b#token')
    await heading('Vad heter du?')
    await user.click(button('Fortsätt'))
    expect(screen.getByRole('alert')).toHaveTextContent('Skriv ditt namn')
    expect(screen.getByRole('textbox', { name: 'Ditt namn' })).toHaveFocus()
    await user.type(screen.getByRole('textbox', { name: 'Ditt namn' }), 'Gunilla')
    await user.click(button('Fortsätt'))
    await heading('Fungerar kamera och ljud?')
    expect(visitor.server.made('POST /visitor/enter')[0]).toMatchObject({
      body: { name: 'Gunilla' },
      csrf: 'csrf-v',
    })
  })

  it('is told when the visit was over before the name was written', async () => {
    visitor.shown = { ...guest, my_name: 'Tore' }
    visitor.replies['POST /visitor/enter'] = refusal(410, 'link_ended')
    const user = visitor.open('/b#token')
    await user.click(await screen.findByRole('button', { name: 'Fortsätt' }))
    await heading('Videomötet är avslutat')
  })

  it('has no visit chat', async () => {
    visitor.shown = view({ role: 'guest', may_chat: false })
    await visitor.intoWaitingRoom()
    expect(screen.queryByRole('log')).toBeNull()
    expect(visitor.server.made('GET /visitor/chat')).toHaveLength(0)
  })
})
