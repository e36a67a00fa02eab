import { screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'
import { ForRoles } from './ForRoles'

const page = <ForRoles roles={['clinician']}>sök här</ForRoles>

describe('a page for some of the staff (L1)', () => {
  it('is there for whoever has one of its roles', async () => {
    fakeApi({ 'GET /session': { ...session, roles: ['admin', 'clinician'] } })
    renderPage(page)
    expect(await screen.findByText('sök här')).toBeVisible()
  })

  it('says to others that it is not theirs, and where to go', async () => {
    fakeApi({ 'GET /session': { ...session, roles: ['admin'] } })
    renderPage(page, '/patienter')
    expect(await screen.findByRole('heading', { name: 'Du har inte tillgång till sidan' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Till startsidan' })).toHaveAttribute('href', '/')
    expect(screen.queryByText('sök här')).toBeNull()
  })
})
