import { screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi, refusal } from '../../testing/fake-api'
import { FakeSocket } from '../../testing/fake-socket'
import { liveSocket, renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'

const assign = vi.fn()

beforeEach(() => {
  assign.mockReset()
  const here = window.location
  vi.stubGlobal('location', {
    get href() {
      return here.href
    },
    get pathname() {
      return here.pathname
    },
    get search() {
      return here.search
    },
    get origin() {
      return here.origin
    },
    assign,
  })
})

afterEach(() => vi.unstubAllGlobals())

describe('the staff pages', () => {
  it('lead to the login and back to the page that was asked for (L1)', async () => {
    fakeApi({ 'GET /session': refusal(401, 'not_logged_in') })
    renderPage(<p>hemligt</p>, '/besok/v1?a=1')
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/logga-in?return_to=%2Fbesok%2Fv1%3Fa%3D1'))
    expect(screen.queryByText('hemligt')).toBeNull()
  })

  it('say who is logged in and where', async () => {
    fakeApi({ 'GET /session': session })
    renderPage(<p>innehåll</p>)
    expect(await screen.findByText('Karin Ek')).toBeVisible()
    expect(screen.getByText(/Region Halland/)).toHaveTextContent('Hudmottagningen')
  })

  it('lead to the login when the session ends elsewhere', async () => {
    fakeApi({ 'GET /session': session })
    renderPage(<p>innehåll</p>, '/patienter')
    await screen.findByText('innehåll')
    await liveSocket()
    FakeSocket.latest.tell({ type: 'session.ended', reason: 'logged_out' })
    expect(assign).toHaveBeenCalledWith('/logga-in?return_to=%2Fpatienter&orsak=avslutad')
  })

  it('go to search with / and to a booking with n, and show all keys with ?', async () => {
    fakeApi({ 'GET /session': session })
    const { user } = renderPage(<p>innehåll</p>)
    await liveSocket()
    await user.keyboard('?')
    expect(await screen.findByRole('dialog', { name: 'Kortkommandon' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Stäng' }))
    await user.keyboard('/')
    expect(window.location.pathname).toBe('/patienter')
    await user.keyboard('n')
    expect(window.location.pathname).toBe('/boka')
  })

  it('let single keys be switched off (WCAG 2.1.4)', async () => {
    fakeApi({ 'GET /session': session })
    const { user } = renderPage(<p>innehåll</p>)
    await liveSocket()
    await user.keyboard('?')
    await user.click(await screen.findByLabelText('Använd kortkommandon med en tangent'))
    await user.click(screen.getByRole('button', { name: 'Stäng' }))
    await user.keyboard('n')
    expect(window.location.pathname).toBe('/')
  })

  it('take keys in a text field for text', async () => {
    fakeApi({ 'GET /session': session })
    const { user } = renderPage(<input aria-label="fält" />)
    await user.type(await screen.findByLabelText('fält'), 'n/')
    expect(window.location.pathname).toBe('/')
  })

  // Last: after it the page is on its way out, and follows nothing the server tells.
  it('end the session on the server at Logga ut, and forget the drafts of the tab (L1)', async () => {
    const server = fakeApi({
      'GET /session': session,
      'POST /logout': { redirect_to: 'https://idp.example/out' },
    })
    sessionStorage.setItem('vardrum.note.v1', 'text')
    const { user } = renderPage(<p>innehåll</p>)
    await user.click(await screen.findByRole('button', { name: 'Logga ut' }))
    FakeSocket.latest.tell({ type: 'session.ended', reason: 'logged_out' })
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('https://idp.example/out'))
    expect(assign).toHaveBeenCalledTimes(1)
    expect(server.made('POST /logout')).toHaveLength(1)
    expect(sessionStorage).toHaveLength(0)
  })
})
