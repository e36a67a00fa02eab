import { screen } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { HomePage } from './home-page'
import { fakeApi } from './testing/fake-api'
import { renderPage } from './testing/render-page'
import { agenda, session } from './testing/shapes'

describe('the first page after login (L1)', () => {
  it('is the day of a clinician', async () => {
    const server = fakeApi({
      'GET /session': { ...session, roles: ['clinician', 'admin'] },
      'GET /agenda': agenda([]),
    })
    renderPage(<HomePage />)
    await vi.waitFor(() => expect(server.calls.some((call) => call.path.startsWith('/agenda'))).toBe(true))
    expect(window.location.pathname).toBe('/')
  })

  it.each([
    [['admin'], '/logg'],
    [['support'], '/organisation'],
    [['support', 'admin'], '/logg'],
  ])('of %s is %s', async (roles, address) => {
    const server = fakeApi({ 'GET /session': { ...session, roles } })
    renderPage(<HomePage />)
    await vi.waitFor(() => expect(window.location.pathname).toBe(address))
    expect(screen.queryByRole('link', { name: /Boka/ })).toBeNull()
    expect(server.calls.some((call) => call.path.startsWith('/agenda'))).toBe(false)
  })
})
