import { screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { session } from '../../testing/shapes'
import { OrganisationPage } from './OrganisationPage'

const view: Shape<'OrganisationView'> = {
  name: 'Region Halland',
  units: [{ unit_id: 'SE2321000115-HUD', name: 'Hudmottagningen' }],
  staff: [
    {
      hsa_id: 'SE2321000115-E005',
      name: 'Sofia Lindqvist',
      title: 'Överläkare',
      unit_name: 'Hudmottagningen',
      roles: ['clinician', 'admin'],
    },
  ],
}

describe('the organisation', () => {
  it('is read with its units, its staff and their roles in words', async () => {
    fakeApi({ 'GET /session': { ...session, roles: ['support'] }, 'GET /organisation': view })
    renderPage(<OrganisationPage />, '/organisation')
    expect(await screen.findByRole('heading', { level: 1, name: 'Region Halland' })).toBeVisible()
    expect(screen.getByRole('heading', { name: '1 enhet' })).toBeVisible()
    const row = screen.getByRole('row', { name: /Sofia Lindqvist/ })
    expect(row).toHaveTextContent('Vårdpersonal, Administratör')
  })

  it('says so to who may not read it', async () => {
    fakeApi({ 'GET /session': session, 'GET /organisation': refusal(403, 'not_allowed') })
    renderPage(<OrganisationPage />, '/organisation')
    expect(await screen.findByRole('alert')).toHaveTextContent('Du har inte rätt')
  })
})
