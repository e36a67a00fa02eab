import { screen } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { patient, session } from '../../testing/shapes'
import { PatientsPage } from './PatientsPage'

const NUMBER = '19440813-9089'
const masked = '1944-08-13-••••'
const notFound = { found: false, number_masked: masked, patient: null }
const person = {
  number_masked: masked,
  given_name: 'Anna',
  family_name: 'Andersson',
  birth_date: '1944-08-13',
  age: 82,
  protected: false,
  problem: null,
  fetched_at: '2026-11-22T08:00:00Z',
}
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  replies = {
    'GET /session': session,
    'POST /patients/search': notFound,
    'POST /patients/register': person,
    'POST /patients': patient,
    'POST /patients/pat-1/number': { number: '19440813-9089' },
  }
  server = fakeApi(replies)
})

async function searchFor(number: string) {
  const page = renderPage(<PatientsPage bookingAddress={(id) => `/boka?patient=${id}`} />, '/patienter')
  await page.user.type(await screen.findByLabelText('Personnummer'), `${number}{Enter}`)
  return page
}

describe('Sök patient', () => {
  it('refuses a wrong check digit beside the field and asks nobody (P1)', async () => {
    await searchFor('19440813-9088')
    expect(screen.getByText('Kontrollsiffran stämmer inte. Kontrollera numret.')).toBeVisible()
    expect(screen.getByLabelText('Personnummer')).toBeInvalid()
    expect(server.made('POST /patients/search')).toEqual([])
  })

  it('does not search by a part of a number or a name (P1)', async () => {
    const { user } = await searchFor('Anna')
    await user.clear(screen.getByLabelText('Personnummer'))
    await user.type(screen.getByLabelText('Personnummer'), '440813{Enter}')
    expect(screen.getByText('Skriv hela numret, med 10 eller 12 siffror.')).toBeVisible()
    expect(server.made('POST /patients/search')).toEqual([])
  })

  it('says finns, and leads to a booking with no number in the address (P2)', async () => {
    replies['POST /patients/search'] = { found: true, number_masked: masked, patient }
    const { user } = await searchFor(NUMBER)
    expect(await screen.findByText('Patienten finns')).toBeVisible()
    expect(screen.getByText(masked)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Boka besök' }))
    expect(window.location.pathname + window.location.search).toBe('/boka?patient=pat-1')
  })

  it('says finns inte and creates with the register name and a mobile number (P2-P4)', async () => {
    const { user, container } = await searchFor(NUMBER)
    expect(await screen.findByText(`Patienten finns inte: ${masked}`)).toBeVisible()
    expect(server.made('POST /patients/register')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText('Anna Andersson')).toBeVisible()
    expect(container.querySelector('input[value*="Anna"]')).toBeNull()
    await user.type(screen.getByLabelText('Mobilnummer'), '070-174 06 05')
    await user.click(screen.getByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText('Patienten är skapad')).toBeVisible()
    expect(server.made('POST /patients')[0]?.body).toEqual({
      number: NUMBER,
      phone: '070-174 06 05',
      email: '',
    })
  })

  it('demands a mobile number before it creates (P4)', async () => {
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Skapa patient' }))
    await screen.findByLabelText('Mobilnummer')
    await user.click(screen.getByRole('button', { name: 'Skapa patient' }))
    expect(screen.getByLabelText('Mobilnummer')).toBeInvalid()
    expect(server.made('POST /patients')).toEqual([])
  })

  it('shows what the server says of the mobile number beside it, and keeps what was written', async () => {
    replies['POST /patients'] = refusal(400, 'invalid_phone', 'phone')
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Skapa patient' }))
    await user.type(await screen.findByLabelText('Mobilnummer'), '08-123')
    await user.click(screen.getByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText(/Det är inte ett mobilnummer/)).toBeVisible()
    expect(screen.getByLabelText('Mobilnummer')).toHaveValue('08-123')
  })

  it('says when the register is down, and tries again (P5)', async () => {
    replies['POST /patients/register'] = refusal(503, 'register_unavailable')
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText(/Folkbokföringen svarar inte just nu/)).toBeVisible()
    replies['POST /patients/register'] = person
    await user.click(screen.getByRole('button', { name: 'Försök igen' }))
    expect(await screen.findByLabelText('Mobilnummer')).toBeVisible()
  })

  it('creates nobody who is deceased (P5)', async () => {
    replies['POST /patients/register'] = { ...person, problem: 'deceased' }
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText('Personen är avliden. Inget besök kan bokas.')).toBeVisible()
    expect(screen.queryByLabelText('Mobilnummer')).toBeNull()
  })

  it('shows the whole number only when asked', async () => {
    replies['POST /patients/search'] = { found: true, number_masked: masked, patient }
    const { user } = await searchFor('1944 0813 9089')
    await user.click(await screen.findByRole('button', { name: 'Visa personnummer' }))
    expect(await screen.findByText('19440813-9089')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Dölj personnummer' }))
    expect(screen.queryByText('19440813-9089')).toBeNull()
  })
})
