import { screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeLanguage } from '../../i18n'
import { refusal } from '../../testing/fake-api'
import { BEFORE, button, deadLink, heading, TestVisitor, view } from './testing/test-visitor'
import type { View } from './use-visit'

const HOUR_MS = 3_600_000
const ANOTHER_VISIT = /(?<!grupp)besök/i
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
const early = (changes: Partial<View> = {}) =>
  view({
    starts_at: inHours(3),
    ends_at: inHours(3.5),
    can_cancel: true,
    cancel_until: inHours(1),
    ...changes,
  })

let visitor: TestVisitor

// The pages fetch it while the first view is read; a busy machine takes longer over it than a test waits.
beforeAll(() => import('./Present'))

beforeEach(() => {
  visitor = new TestVisitor()
  visitor.shown = early()
})

const openEarly = async () => {
  const user = visitor.open()
  await heading(/^Videobesök/)
  await screen.findByRole('button', { name: 'Gå till väntrummet' })
  return user
}

describe('a visit long before its time (B11)', () => {
  it('shows time and clinic, and nobody is told that one waits', async () => {
    await openEarly()
    expect(screen.getAllByText('Hudmottagningen')[0]).toBeVisible()
    expect(screen.getByText('med Karin Ek')).toBeVisible()
    expect(visitor.sockets()).toBe(0)
  })

  it('is read again when it is looked at anew, as nobody tells a page that does not wait', async () => {
    await openEarly()
    visitor.shown = early({ moved: true })
    document.dispatchEvent(new Event('visibilitychange'))
    expect(await screen.findByText('Tiden är ändrad')).toBeVisible()
  })

  it('leads to the waiting room, where one waits', async () => {
    const user = await openEarly()
    await user.click(button('Gå till väntrummet'))
    await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
    await heading('Du är i väntrummet')
    expect(visitor.sockets()).toBe(1)
  })

  it('gives the calendar file as a plain link', async () => {
    await openEarly()
    const link = screen.getByRole('link', { name: /Lägg till i kalendern/ })
    expect(link).toHaveAttribute('href', '/api/visitor/calendar')
    expect(link).toHaveAttribute('download', 'videobesok.ics')
  })

  it('has the clinic’s number to touch', async () => {
    await openEarly()
    expect(screen.getByRole('link', { name: 'Ring 031-390 06 00' })).toHaveAttribute(
      'href',
      'tel:+46313900600',
    )
  })

  it('says so when there is no number', async () => {
    visitor.shown = early({ contact_phone: '' })
    await openEarly()
    expect(screen.getByText(/mottagningens sida på 1177/)).toBeVisible()
  })

  it('is reached from the waiting room too, and one waits on meanwhile', async () => {
    visitor.shown = view()
    const user = await visitor.intoWaitingRoom()
    await user.click(button('Om besöket'))
    expect(await screen.findByRole('link', { name: /Lägg till i kalendern/ })).toBeVisible()
    expect(visitor.sockets()).toBe(1)
    await user.click(button('Gå till väntrummet'))
    await heading('Du är i väntrummet')
  })
})

describe('being late (B11)', () => {
  it('is told the clinic, and can be changed', async () => {
    const user = await openEarly()
    await user.click(screen.getByRole('button', { name: /^Jag blir sen/ }))
    await heading('Hur sen blir du?')
    await user.click(button('Meddela mottagningen'))
    expect(screen.getByRole('alert')).toHaveTextContent('Välj hur sen du blir.')
    visitor.replies['POST /visitor/late'] = early({ late: { minutes: 10, at: inHours(0) } })
    await user.click(screen.getByRole('radio', { name: '10 minuter' }))
    await user.click(button('Meddela mottagningen'))
    expect(await screen.findByText('Mottagningen vet att du blir 10 minuter sen.')).toBeVisible()
    expect(visitor.server.made('POST /visitor/late')[0]?.body).toEqual({ minutes: 10 })
    await user.click(screen.getByRole('button', { name: /Ändra hur sen du blir/ }))
    expect(screen.getByRole('radio', { name: '10 minuter' })).toBeChecked()
  })

  it('is not asked for days ahead', async () => {
    visitor.shown = early({ starts_at: inHours(72), ends_at: inHours(73) })
    await openEarly()
    expect(screen.queryByRole('button', { name: /Jag blir sen/ })).toBeNull()
  })
})

describe('cancelling (B11)', () => {
  it('is asked once more, and the page then says what was done and whom to call', async () => {
    visitor.replies['POST /visitor/cancel'] = {}
    const user = await openEarly()
    await user.click(screen.getByRole('button', { name: /Avboka besöket/ }))
    await heading('Vill du avboka besöket?')
    await user.click(button('Ja, avboka'))
    await heading('Du har avbokat besöket')
    expect(screen.getByText(/är avbokat\. Mottagningen vet om det/)).toBeVisible()
    expect(screen.getByRole('link', { name: /^Ring/ })).toBeVisible()
    expect(screen.queryByText('Vårdrum')).toBeNull()
  })

  it('can be left as it is', async () => {
    const user = await openEarly()
    await user.click(screen.getByRole('button', { name: /Avboka besöket/ }))
    await user.click(await screen.findByRole('button', { name: 'Nej, behåll tiden' }))
    await heading(/^Videobesök/)
    expect(visitor.server.made('POST /visitor/cancel')).toHaveLength(0)
  })

  it('keeps the visit when the server refuses, and says why', async () => {
    visitor.replies['POST /visitor/cancel'] = refusal(503, 'unavailable')
    const user = await openEarly()
    await user.click(screen.getByRole('button', { name: /Avboka besöket/ }))
    await user.click(await screen.findByRole('button', { name: 'Ja, avboka' }))
    expect(await screen.findByText(/Tjänsten kunde inte svara just nu/)).toBeVisible()
    expect(button('Nej, behåll tiden')).toBeVisible()
  })

  it('is not offered where the clinic does not allow it', async () => {
    visitor.shown = early({ can_cancel: false, cancel_until: null })
    await openEarly()
    expect(screen.queryByRole('button', { name: /Avboka/ })).toBeNull()
    expect(screen.getByText('Behöver du avboka eller byta tid, kontakta mottagningen.')).toBeVisible()
  })
})

describe('a visit that staff moves or cancels (B9)', () => {
  it('says the new time plainly while one waits', async () => {
    visitor.shown = view()
    await visitor.intoWaitingRoom()
    await visitor.told({ moved: true, starts_at: '2036-12-01T09:15:00Z', ends_at: '2036-12-01T09:45:00Z' })
    expect(await screen.findByText('Tiden är ändrad')).toBeVisible()
    expect(screen.getByText(/nu måndag 1 december klockan 10:15.*behöver inte vänta här nu/)).toBeVisible()
  })

  it('says the new time to who opens the link later, before e-ID', async () => {
    visitor.shown = { ...BEFORE, moved: true, starts_at: '2036-12-01T09:15:00Z' }
    visitor.open('/b#token')
    expect(await screen.findByText(/nu måndag 1 december klockan 10:15/)).toBeVisible()
  })

  it('says so on the first page too, when it is looked at again', async () => {
    visitor.shown = BEFORE
    visitor.open('/b#token')
    await heading('Videobesök 09:30')
    visitor.shown = { ...BEFORE, moved: true, starts_at: '2036-12-01T09:15:00Z' }
    document.dispatchEvent(new Event('visibilitychange'))
    await heading('Videobesök 10:15')
  })

  it('says that it is cancelled, and whom to call', async () => {
    visitor.shown = view()
    await visitor.intoWaitingRoom()
    await visitor.told({ stage: 'ended', status: 'avbokat' })
    await heading('Besöket är avbokat')
    expect(screen.getByText('Söndag 22 november klockan 09:30', { exact: false })).toBeVisible()
    expect(screen.getByRole('link', { name: /^Ring/ })).toBeVisible()
  })

  it('says so of a dead link, with the clinic’s name and number and not ours', async () => {
    visitor.replies['POST /links/open'] = deadLink('individual', '031-390 06 00')
    visitor.open('/b#token')
    await heading('Besöket är avbokat')
    expect(screen.getByRole('banner')).toHaveTextContent('Region Halland')
    expect(screen.getByRole('link', { name: 'Ring 031-390 06 00' })).toHaveAttribute('href', 'tel:0313900600')
    expect(screen.queryByText('Vårdrum')).toBeNull()
  })
})

describe('a relative (B7)', () => {
  it('reads of a video meeting, never of a visit or a patient', async () => {
    visitor.shown = early({ form: 'relative' })
    const user = visitor.open()
    await heading(/^Videomöte/)
    expect(document.body).not.toHaveTextContent(/besök|patient/i)
    await user.click(await screen.findByRole('button', { name: 'Gå till väntrummet' }))
    await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
    await heading('Du är i väntrummet')
    expect(document.body).not.toHaveTextContent(/besök|patient/i)
    expect(document.title).not.toMatch(/besök/i)
  })

  it('reads so of a dead link too', async () => {
    visitor.replies['POST /links/open'] = deadLink('relative', '')
    visitor.open('/b#token')
    await heading('Videomötet är avbokat')
    expect(document.body).not.toHaveTextContent(/besök|patient/i)
  })
})

describe.each(['guest', 'ombud'] as const)('a %s of an ordinary visit (B4, G2)', (role) => {
  it('reads of a video meeting, as in the messages, and not of somebody’s visit', async () => {
    visitor.shown = early({ role, may_chat: role === 'ombud', unit_name: '' })
    const user = visitor.open()
    await heading(/^Videomöte/)
    expect(document.body).not.toHaveTextContent(/besök|patient/i)
    await user.click(await screen.findByRole('button', { name: 'Gå till väntrummet' }))
    await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
    await heading('Du är i väntrummet')
    expect(document.body).not.toHaveTextContent(/besök|patient/i)
    expect(document.title).toMatch(/^Videomöte/)
  })

  it('reads so of a dead link too', async () => {
    visitor.replies['POST /links/open'] = deadLink('individual', '', role)
    visitor.open('/b#token')
    await heading('Videomötet är avbokat')
    expect(document.body).not.toHaveTextContent(/besök|patient/i)
  })
})

describe('what is said of cancelling (B11)', () => {
  const late = { can_cancel: false, cancel_until: '2026-11-22T06:30:00Z' }

  it('is that it is too late, as long as the visit has not begun', async () => {
    visitor.shown = early(late)
    visitor.open()
    expect(await screen.findByText('Det är för sent att avboka här. Ring mottagningen.')).toBeVisible()
  })

  it('is nothing once one has been received', async () => {
    visitor.shown = view({ ...late, status: 'mottaget', clinician: 'received' })
    const user = await visitor.intoWaitingRoom()
    await user.click(button('Om besöket'))
    await screen.findByRole('button', { name: 'Gå till väntrummet' })
    expect(screen.queryByText(/för sent att avboka/)).toBeNull()
  })
})

describe('a patient of a group (B8)', () => {
  const member = (changes: Partial<View> = {}) =>
    view({ form: 'group', group: true, display_name: 'Deltagare 2', ...changes })

  it('chooses what the others see before anyone can see anything', async () => {
    visitor.shown = member({ call: { call_id: 'c1', requested: true } })
    visitor.replies['PUT /visitor/display-name'] = () => {
      visitor.shown = member({ display_name: 'Kim' })
      return visitor.shown
    }
    const user = visitor.open()
    await heading('Så ser de andra dig')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    const field = screen.getByRole('textbox', { name: 'Visningsnamn' })
    expect(field).toHaveValue('Deltagare 2')
    await user.clear(field)
    await user.type(field, 'Kim')
    await user.click(button('Fortsätt'))
    await heading('Fungerar kamera och ljud?')
    expect(visitor.server.made('PUT /visitor/display-name')[0]?.body).toEqual({ display_name: 'Kim' })
  })

  it('keeps the name that was given, without a word to the server', async () => {
    visitor.shown = member()
    const user = visitor.open()
    await user.click(await screen.findByRole('button', { name: 'Fortsätt' }))
    await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
    expect(await screen.findByText(/De andra ser bara ditt visningsnamn, Deltagare 2/)).toBeVisible()
    expect(visitor.server.made('PUT /visitor/display-name')).toHaveLength(0)
  })

  it('reads of a group visit, as in the messages', async () => {
    visitor.shown = early({ form: 'group', group: true, stage: 'identify' })
    visitor.open()
    await heading(/^Gruppbesök på video \d\d:\d\d$/)
    expect(document.title).toMatch(/^Gruppbesök på video/)
  })

  it('reads of the group visit on every page, in both languages', async () => {
    visitor.shown = early({ form: 'group', group: true, stage: 'identify', display_name: '' })
    visitor.open()
    await heading(/^Gruppbesök på video/)
    expect(document.body).not.toHaveTextContent(ANOTHER_VISIT)
    visitor.shown = early({ form: 'group', group: true, display_name: 'Deltagare 2', moved: true })
    document.dispatchEvent(new Event('visibilitychange'))
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: 'Fortsätt' }))
    expect(await screen.findByText(/^Gruppbesöket är nu/)).toBeVisible()
    expect(document.body).not.toHaveTextContent(ANOTHER_VISIT)
    await user.click(screen.getByRole('button', { name: /Jag blir sen/ }))
    await heading('Hur sen blir du?')
    expect(document.body).not.toHaveTextContent(ANOTHER_VISIT)
    await user.click(button('Tillbaka'))
    await user.click(await screen.findByRole('button', { name: 'Gå till väntrummet' }))
    await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
    await heading('Du är i väntrummet')
    expect(button('Om gruppbesöket')).toBeVisible()
    expect(document.body).not.toHaveTextContent(ANOTHER_VISIT)
    await visitor.told({ form: 'group', group: true, stage: 'ended', status: 'avslutat' })
    await heading('Gruppbesöket är avslutat')
    await changeLanguage('en')
    await heading('The group visit has ended')
    await changeLanguage('sv')
  })

  it('takes only themselves out', async () => {
    visitor.shown = early({ form: 'group', group: true, display_name: 'Deltagare 2' })
    visitor.replies['POST /visitor/cancel'] = {}
    const user = visitor.open()
    await user.click(await screen.findByRole('button', { name: 'Fortsätt' }))
    await user.click(await screen.findByRole('button', { name: /Avboka min plats/ }))
    expect(await screen.findByText(/Gruppbesöket blir av för de andra/)).toBeVisible()
    await user.click(button('Ja, avboka'))
    await heading('Du har avbokat din plats')
  })
})

describe('the language (B11)', () => {
  it('that is chosen here is kept for later messages', async () => {
    visitor.replies['PUT /visitor/language'] = {}
    const user = await openEarly()
    await user.click(button('English'))
    await vi.waitFor(() =>
      expect(visitor.server.made('PUT /visitor/language')[0]?.body).toEqual({ language: 'en' }),
    )
    await user.click(screen.getByRole('button', { name: 'Svenska' }))
    await vi.waitFor(() =>
      expect(visitor.server.made('PUT /visitor/language')[1]?.body).toEqual({ language: 'sv' }),
    )
  })

  it('of the messages is the page’s, where none has been chosen on this device', async () => {
    localStorage.removeItem('vardrum.language')
    visitor.shown = early({ language: 'en' })
    visitor.open()
    await heading(/^Video visit/)
    expect(localStorage.getItem('vardrum.language')).toBeNull()
    expect(visitor.server.made('PUT /visitor/language')).toHaveLength(0)
    await changeLanguage('sv')
  })
})
