import { screen, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'
import { SessionsPage } from './SessionsPage'

function own(id: string, changes: Partial<Shape<'OwnSession'>> = {}): Shape<'OwnSession'> {
  return {
    session_id: id,
    browser: 'Chrome',
    system: 'Windows',
    unit_name: 'Hudmottagningen',
    started_at: '2026-11-22T07:05:00Z',
    used_at: '2026-11-22T08:10:00Z',
    is_current: false,
    ...changes,
  }
}

const here = own('s1', { is_current: true })
const phone = own('s2', { browser: 'Safari', system: 'iPhone' })
const unknown = own('s3', { browser: '', system: '' })

function rows(): HTMLElement[] {
  return within(screen.getByRole('main')).getAllByRole('listitem')
}

describe('Mina inloggningar (L1)', () => {
  it('says of each where, since when and when it was last used; this one cannot be ended here', async () => {
    fakeApi({ 'GET /session': session, 'GET /sessions': [here, phone, unknown] })
    renderPage(<SessionsPage />, '/inloggningar')
    expect(await screen.findByText('Chrome på Windows')).toBeVisible()
    const [first, second, third] = rows()
    expect(first).toHaveTextContent('Den här inloggningen')
    expect(first).toHaveTextContent('08:05')
    expect(first).toHaveTextContent('09:10')
    expect(within(first as HTMLElement).queryByRole('button')).toBeNull()
    expect(second).toHaveTextContent('Safari på iPhone')
    expect(third).toHaveTextContent('Okänd webbläsare')
  })

  it('ends one, and takes it from the list', async () => {
    const server = fakeApi({
      'GET /session': session,
      'GET /sessions': [here, phone, unknown],
      'DELETE /sessions/s2': new Response(null, { status: 204 }),
    })
    const { user } = renderPage(<SessionsPage />)
    await user.click(await screen.findByRole('button', { name: 'Avsluta inloggningen i Safari på iPhone' }))
    expect(await screen.findByText('Inloggningen är avslutad.')).toBeVisible()
    expect(screen.queryByText('Safari på iPhone')).toBeNull()
    expect(server.made('DELETE /sessions/s2')[0]?.csrf).toBe('csrf-1')
  })

  it('ends all others at once', async () => {
    const server = fakeApi({
      'GET /session': session,
      'GET /sessions': [here, phone, unknown],
      'POST /sessions/end-others': new Response(null, { status: 204 }),
    })
    const { user } = renderPage(<SessionsPage />)
    await user.click(await screen.findByRole('button', { name: 'Avsluta alla andra' }))
    expect(await screen.findByText('Du är inte inloggad någon annanstans.')).toBeVisible()
    expect(rows()).toHaveLength(1)
    expect(server.made('POST /sessions/end-others')).toHaveLength(1)
  })

  it('says why one could not be ended, and reads the list again', async () => {
    const server = fakeApi({
      'GET /session': session,
      'GET /sessions': [here, phone],
      'DELETE /sessions/s2': refusal(404, 'not_found'),
    })
    const { user } = renderPage(<SessionsPage />)
    await user.click(await screen.findByRole('button', { name: /Safari på iPhone/ }))
    expect(await screen.findByText(/Det du söker finns inte/)).toBeVisible()
    expect(server.made('GET /sessions')).toHaveLength(2)
  })
})
