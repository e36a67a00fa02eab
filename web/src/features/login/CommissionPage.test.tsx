import { render, screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { deadNetwork, fakeApi, refusal } from '../../testing/fake-api'
import { stubLeaving } from '../../testing/location'
import { CommissionPage } from './CommissionPage'

const choice: Shape<'CommissionChoice'> = {
  name: 'Maria Åkesson',
  commissions: [
    {
      commission_id: 'bum',
      name: 'Barnläkare',
      purpose: 'Vård och behandling',
      unit_name: 'Barnmottagningen',
    },
    { commission_id: 'hud', name: 'Konsult', purpose: 'Vård och behandling', unit_name: 'Hudmottagningen' },
  ],
}

afterEach(() => vi.unstubAllGlobals())

describe('Välj medarbetaruppdrag (L1)', () => {
  it('lists the commissions as buttons and goes on to the page that was asked for', async () => {
    const assign = stubLeaving()
    const server = fakeApi({
      'GET /login/commissions': choice,
      'POST /login/commission': { return_to: '/besok/v1' },
    })
    render(<CommissionPage />)
    expect(await screen.findByText(/Maria Åkesson/)).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Välj medarbetaruppdrag' })).toBeVisible()
    expect(screen.getByRole('button', { name: /Hudmottagningen.*Konsult/ })).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: /Barnmottagningen.*Barnläkare/ }))
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/besok/v1'))
    expect(server.made('POST /login/commission')[0]?.body).toEqual({ commission_id: 'bum' })
  })

  it('takes one choice, whatever is clicked next', async () => {
    stubLeaving()
    const server = fakeApi({
      'GET /login/commissions': choice,
      'POST /login/commission': () => new Promise(() => {}),
    })
    render(<CommissionPage />)
    await userEvent.click(await screen.findByRole('button', { name: /Barnmottagningen/ }))
    await userEvent.click(screen.getByRole('button', { name: /Hudmottagningen/ }))
    expect(server.made('POST /login/commission')).toHaveLength(1)
  })

  it('says when the login is no longer valid, and how to begin anew', async () => {
    fakeApi({ 'GET /login/commissions': refusal(401, 'stale_login') })
    render(<CommissionPage />)
    expect(await screen.findByRole('alert')).toHaveTextContent('Inloggningen gäller inte längre')
    expect(screen.getByRole('link', { name: 'Logga in igen' })).toHaveAttribute('href', '/logga-in')
  })

  it('lets one choose again when the network failed', async () => {
    fakeApi({ 'GET /login/commissions': choice, 'POST /login/commission': deadNetwork })
    render(<CommissionPage />)
    await userEvent.click(await screen.findByRole('button', { name: /Barnmottagningen/ }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Ingen kontakt')
    expect(screen.getByRole('button', { name: /Barnmottagningen/ })).not.toHaveAttribute('aria-disabled')
  })
})
