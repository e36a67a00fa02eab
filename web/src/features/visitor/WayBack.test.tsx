import { screen } from '@testing-library/preact'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeLanguage } from '../../i18n'
import { refusal } from '../../testing/fake-api'
import { liveSocket } from '../../testing/render-page'
import { BEFORE, button, heading, TestVisitor, view } from './testing/test-visitor'

let visitor: TestVisitor

// The page fetches it while the first view is read; a busy machine takes longer over it than a test waits.
beforeAll(() => import('./Present'))

beforeEach(() => {
  visitor = new TestVisitor()
})

const leave = async () => {
  const user = await visitor.intoWaitingRoom()
  visitor.replies['POST /visitor/leave'] = () => {
    visitor.shown = BEFORE
    return {}
  }
  await user.click(button('Lämna väntrummet'))
  await heading('Du har lämnat väntrummet')
  return user
}

describe('who has left the waiting room (S7)', () => {
  it('goes back by showing who they are again', async () => {
    const user = await leave()
    await user.click(button('Gå tillbaka'))
    await heading('Videobesök 09:30')
    expect(button('Legitimera dig med BankID')).toBeVisible()
  })

  it('begins from the start, also where an e-ID app had opened the page', async () => {
    visitor.shown = view()
    const user = visitor.open('/b#bankid')
    await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
    visitor.replies['POST /visitor/leave'] = () => {
      visitor.shown = BEFORE
      return {}
    }
    await user.click(await screen.findByRole('button', { name: 'Lämna väntrummet' }))
    await user.click(await screen.findByRole('button', { name: 'Gå tillbaka' }))
    await heading('Videobesök 09:30')
  })

  it('is asked for the link when the way back has closed', async () => {
    const user = await leave()
    visitor.replies['GET /visitor'] = refusal(401, 'not_logged_in')
    await user.click(button('Gå tillbaka'))
    await heading('Öppna länken i ditt meddelande')
  })

  it('is told when the visit was cancelled meanwhile', async () => {
    const user = await leave()
    visitor.replies['GET /visitor'] = refusal(410, 'link_cancelled')
    await user.click(button('Gå tillbaka'))
    await heading('Besöket är avbokat')
    expect(screen.getByRole('link', { name: /^Ring/ })).toBeVisible()
  })

  it('reads so in English', async () => {
    await leave()
    await changeLanguage('en')
    await heading('You have left the waiting room')
    expect(button('Go back')).toBeVisible()
    await changeLanguage('sv')
  })
})

describe('a page that is closed says what to do', () => {
  it('when its session has ended: open the link again, or call', async () => {
    await visitor.intoWaitingRoom()
    visitor.replies['GET /visitor'] = refusal(401, 'not_logged_in')
    await visitor.told({})
    await heading('Du är utloggad')
    expect(screen.getByText(/Öppna länken i ditt sms eller mejl igen/)).toBeVisible()
    expect(screen.getByRole('link', { name: /^Ring/ })).toBeVisible()
  })

  it('when an action finds that its session has ended', async () => {
    const user = await visitor.intoWaitingRoom()
    visitor.replies['POST /visitor/leave'] = refusal(401, 'not_logged_in')
    await user.click(button('Lämna väntrummet'))
    await heading('Du är utloggad')
  })

  it('when a newer link has been sent: open that', async () => {
    visitor.replies['POST /links/open'] = refusal(410, 'link_replaced')
    visitor.open('/b#token')
    await heading('Du har fått en nyare länk')
    expect(screen.getByText(/Öppna länken i det senaste meddelandet/)).toBeVisible()
  })

  it('when there were too many attempts: try again, with the same link', async () => {
    visitor.replies['POST /links/open'] = refusal(429, 'too_many_attempts')
    const user = visitor.open('/b#token')
    await heading('För många försök')
    await user.click(button('Försök igen'))
    await vi.waitFor(() => expect(button('Försök igen')).not.toHaveAttribute('aria-busy'))
    visitor.replies['POST /links/open'] = BEFORE
    await user.click(button('Försök igen'))
    await heading('Videobesök 09:30')
  })

  it.each([
    ['avslutat', 'Besöket är avslutat'],
    ['avbokat', 'Besöket är avbokat'],
    ['uteblivet', 'Besöket har passerat'],
  ] as const)('when it is %s: whom to call', async (status, title) => {
    await visitor.intoWaitingRoom()
    await visitor.told({ stage: 'ended', status })
    await heading(title)
    expect(screen.getByRole('link', { name: 'Ring 031-390 06 00' })).toBeVisible()
  })

  it('when one was removed: whom to call', async () => {
    await visitor.intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'removed' })
    await heading('Du är inte längre med i besöket')
    expect(screen.getByRole('link', { name: 'Ring 031-390 06 00' })).toBeVisible()
  })

  it('when somebody else used the link: use it here', async () => {
    await visitor.intoWaitingRoom()
    const live = await liveSocket()
    live.tell({ type: 'session.ended', reason: 'replaced' })
    await heading('Länken används på en annan enhet')
    visitor.replies['POST /visitor/here'] = view()
    expect(button('Använd här i stället')).toBeVisible()
  })
})
