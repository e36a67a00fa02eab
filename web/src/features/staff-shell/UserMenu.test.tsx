import { screen, within } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { FakeSocket } from '../../testing/fake-socket'
import { stubLeaving } from '../../testing/location'
import { liveSocket, renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'

const two: Shape<'StaffSession'> = {
  ...session,
  commissions: [
    ...session.commissions,
    { commission_id: 'bum', name: 'Konsult', purpose: 'Vård och behandling', unit_name: 'Barnmottagningen' },
  ],
}

afterEach(() => vi.unstubAllGlobals())

async function opened(who: Shape<'StaffSession'>, replies: Record<string, unknown> = {}) {
  const server = fakeApi({ 'GET /session': who, ...replies })
  const { user } = renderPage(<p>innehåll</p>)
  await user.click(await screen.findByRole('button', { name: /^Karin Ek/ }))
  return { user, server }
}

describe('the user menu', () => {
  it('leads a clinician to their logins, and to nothing of those who run the service', async () => {
    await opened(session)
    expect(screen.getByRole('link', { name: 'Mina inloggningar' })).toHaveAttribute('href', '/inloggningar')
    for (const name of ['Åtkomstlogg', 'Organisation', 'Meddelandetexter', 'Integration'])
      expect(screen.queryByRole('link', { name })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Byt medarbetaruppdrag' })).toBeNull()
  })

  it('leads an admin to the access log and the organisation, and shows no way to patients', async () => {
    await opened({ ...session, roles: ['admin'] })
    expect(screen.getByRole('link', { name: 'Åtkomstlogg' })).toHaveAttribute('href', '/logg')
    expect(screen.getByRole('link', { name: 'Organisation' })).toHaveAttribute('href', '/organisation')
    expect(screen.getByRole('link', { name: 'Meddelandetexter' })).toHaveAttribute(
      'href',
      '/organisation/texter',
    )
    expect(screen.getByRole('link', { name: 'Integration' })).toHaveAttribute('href', '/integration')
    expect(screen.queryByRole('link', { name: /Boka/ })).toBeNull()
    expect(screen.queryByRole('link', { name: /Sök patient/ })).toBeNull()
  })

  it('leads support to the integration, and to no texts', async () => {
    await opened({ ...session, roles: ['support'] })
    expect(screen.getByRole('link', { name: 'Integration' })).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Meddelandetexter' })).toBeNull()
  })

  it('closes with Escape and gives the focus back', async () => {
    const { user } = await opened(session)
    await user.tab()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('link', { name: 'Mina inloggningar' })).toBeNull()
    const button = screen.getByRole('button', { name: /^Karin Ek/ })
    expect(button).toHaveFocus()
    expect(button).toHaveAttribute('aria-expanded', 'false')
  })

  it('closes when one clicks beside it', async () => {
    const { user } = await opened(session)
    await user.click(screen.getByText('innehåll'))
    expect(screen.queryByRole('link', { name: 'Mina inloggningar' })).toBeNull()
  })

  it('switches the commission without a new login, and the pages begin anew (L1)', async () => {
    const assign = stubLeaving()
    const { user, server } = await opened(two, { 'POST /session/commission': two })
    await user.click(screen.getByRole('button', { name: 'Byt medarbetaruppdrag' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Byt medarbetaruppdrag' }))
    expect(dialog.getByRole('button', { name: /Hudmottagningen/ })).toHaveTextContent('Du arbetar här nu')
    await user.click(dialog.getByRole('button', { name: /Barnmottagningen/ }))
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/'))
    expect(server.made('POST /session/commission')[0]?.body).toEqual({ commission_id: 'bum' })
  })

  it('says why it could not be switched, and stays', async () => {
    const { user } = await opened(two, { 'POST /session/commission': refusal(409, 'changed_meanwhile') })
    await user.click(screen.getByRole('button', { name: 'Byt medarbetaruppdrag' }))
    await user.click(await screen.findByRole('button', { name: /Barnmottagningen/ }))
    expect(await screen.findByText(/Någon annan har ändrat samtidigt/)).toBeVisible()
  })

  it('a commission switched in another tab makes this one begin anew too (L1)', async () => {
    const assign = stubLeaving()
    fakeApi({ 'GET /session': two })
    renderPage(<p>innehåll</p>, '/patienter')
    await screen.findByText('innehåll')
    await liveSocket()
    FakeSocket.latest.tell({ type: 'session.ended', reason: 'switched' })
    expect(assign).toHaveBeenCalledWith('/')
  })
})
