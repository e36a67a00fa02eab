import { screen } from '@testing-library/preact'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { refusal } from '../../testing/fake-api'
import { liveSocket } from '../../testing/render-page'
import { message } from '../../testing/shapes'
import { button, heading, TestVisitor, view } from './testing/test-visitor'
import type { View } from './use-visit'

const REQUEST = { call_id: 'c1', requested: true }

let visitor: TestVisitor

// The page fetches it while the first view is read; a busy machine takes longer over it than a test waits.
beforeAll(() => import('./Present'))

beforeEach(() => {
  visitor = new TestVisitor()
})

describe('the waiting room (S7)', () => {
  it('says honestly how far the clinician has come, live', async () => {
    await visitor.intoWaitingRoom()
    expect(screen.getByText('Vårdgivaren är inte här än')).toBeVisible()
    await visitor.told({ clinician: 'received' })
    expect(await screen.findByText('Karin Ek har tagit emot dig')).toBeVisible()
  })

  it('reads again when the connection is first open: what came before that was not told', async () => {
    await visitor.intoWaitingRoom()
    visitor.shown = view({ clinician: 'received' })
    visitor.replies['GET /visitor/chat'] = { messages: [message('m1', 'Strax hos dig')] }
    await liveSocket()
    expect(await screen.findByText('Karin Ek har tagit emot dig')).toBeVisible()
    expect(await screen.findByText('Strax hos dig')).toBeVisible()
  })

  it('says when the connection is lost, and reads again when it is back', async () => {
    await visitor.intoWaitingRoom()
    const live = await liveSocket()
    live.close()
    expect(await screen.findByText(/Din plats finns kvar\.$/)).toBeVisible()
  })

  it('ends on the newer device being used', async () => {
    await visitor.intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'replaced' })
    await heading('Länken används på en annan enhet')
  })

  it('takes the link back on the replaced device, where one says who one is again (G2)', async () => {
    const user = await visitor.intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'replaced' })
    await heading('Länken används på en annan enhet')
    visitor.replies['POST /visitor/here'] = view({
      stage: 'name',
      role: 'guest',
      my_name: 'Tore',
      csrf_token: 'csrf-2',
    })
    visitor.replies['POST /visitor/enter'] = view({ role: 'guest', csrf_token: 'csrf-3' })
    await user.click(button('Använd här i stället'))
    await heading('Vad heter du?')
    await user.click(button('Fortsätt'))
    await heading('Du är i väntrummet')
    expect(visitor.server.made('POST /visitor/enter')[0]?.csrf).toBe('csrf-2')
  })

  it('says why a replaced device cannot take the link back', async () => {
    visitor.replies['GET /visitor'] = refusal(401, 'replaced')
    const user = visitor.open()
    await heading('Länken används på en annan enhet')
    visitor.replies['POST /visitor/here'] = refusal(410, 'link_cancelled')
    await user.click(button('Använd här i stället'))
    await heading('Besöket är avbokat')
  })

  it('says plainly that one was taken out of the visit (G5)', async () => {
    await visitor.intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'removed' })
    await heading('Du är inte längre med i besöket')
    expect(screen.queryByRole('button', { name: 'Använd här i stället' })).toBeNull()
  })

  it('is not shown again by an answer from before one was taken out', async () => {
    await visitor.intoWaitingRoom()
    const live = await liveSocket()
    const { promise, resolve } = Promise.withResolvers<View>()
    visitor.replies['GET /visitor'] = () => promise
    const before = visitor.server.made('GET /visitor').length
    live.tell({ type: 'visit.changed', visit_id: 'v1', version: 2 })
    await vi.waitFor(() => expect(visitor.server.made('GET /visitor').length).toBeGreaterThan(before))
    live.tell({ type: 'session.ended', reason: 'removed' })
    await heading('Du är inte längre med i besöket')
    resolve(view())
    await promise
    await new Promise((done) => setTimeout(done))
    await heading('Du är inte längre med i besöket')
  })

  it('ends with the visit', async () => {
    await visitor.intoWaitingRoom()
    await visitor.told({ stage: 'ended', status: 'avslutat' })
    await heading('Besöket är avslutat')
  })
})

describe('the call request (C3)', () => {
  it('fills the screen, and its answer leads to the device step', async () => {
    const user = await visitor.intoWaitingRoom()
    await visitor.told({ call: REQUEST })
    await screen.findByRole('alertdialog', { name: 'Karin Ek vill starta videosamtalet' })
    await vi.waitFor(() => expect(button('Svara')).toHaveFocus())
    await user.click(button('Svara'))
    await heading('Bild och ljud')
    expect(button('Anslut till videosamtal')).toBeVisible()
  })

  it('can wait: it stays in the waiting room and does not ring again', async () => {
    const user = await visitor.intoWaitingRoom()
    await visitor.told({ call: REQUEST })
    await user.click(await screen.findByRole('button', { name: 'Inte nu' }))
    expect(await screen.findByText('Karin Ek väntar på dig i videosamtalet.')).toBeVisible()
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('is withdrawn when staff leaves before the answer', async () => {
    const user = await visitor.intoWaitingRoom()
    await visitor.told({ call: REQUEST })
    await user.click(await screen.findByRole('button', { name: 'Svara' }))
    await heading('Bild och ljud')
    await visitor.told({ call: null })
    await heading('Du är i väntrummet')
    expect(screen.getByText(/Samtalsförfrågan togs tillbaka/)).toBeVisible()
  })

  it('rings anew when staff calls again', async () => {
    const user = await visitor.intoWaitingRoom()
    await visitor.told({ call: REQUEST })
    await user.click(await screen.findByRole('button', { name: 'Inte nu' }))
    await visitor.told({ call: null })
    await vi.waitFor(() => expect(screen.queryByText(/väntar på dig i videosamtalet/)).toBeNull())
    await visitor.told({ call: REQUEST })
    await screen.findByRole('alertdialog')
  })
})
