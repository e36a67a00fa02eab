import { screen } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { child, guardian, patient, sara, session } from '../../testing/shapes'
import { PatientsPage } from './PatientsPage'

const NUMBER = '19440813-9089'
const masked = '1944-08-13-••••'
const notFound = { found: false, number_masked: masked, patient: null }
const { patient_id: _, version: __, phone: ___, email: ____, ...person } = patient
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
      relative: false,
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

describe('a child and its guardians (P3-P6)', () => {
  const found = (changes: object) => ({
    found: true,
    number_masked: masked,
    patient: { ...child, ...changes },
  })
  const openRelations = async (changes: object = {}) => {
    replies['POST /patients/search'] = found(changes)
    const page = await searchFor(NUMBER)
    await page.user.click(await screen.findByRole('tab', { name: 'Relationer' }))
    return page
  }

  it('is created without a phone of its own, the guardians shown first', async () => {
    const { patient_id: _id, version: _v, phone: _p, email: _e, ...facts } = child
    replies['POST /patients/register'] = facts
    replies['POST /patients'] = child
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText('Erik Lindqvist')).toBeVisible()
    expect(screen.queryByLabelText('Mobilnummer')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText('Patienten är skapad')).toBeVisible()
    expect(server.made('POST /patients')[0]?.body).toEqual({
      number: NUMBER,
      phone: '',
      email: '',
      relative: false,
    })
  })

  it('has a tab where a guardian gets a number, saved under the version that was seen', async () => {
    const erik = guardian({ phone: '' })
    const { user } = await openRelations({ version: 4, guardians: [erik, sara] })
    replies['PUT /patients/pat-2/guardians/g-erik/contacts'] = { ...child, version: 5 }
    await user.click(screen.getByRole('button', { name: 'Ändra kontaktuppgifter för Erik Lindqvist' }))
    await user.type(screen.getByLabelText(/Mobilnummer/), '070-174 06 09')
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    expect(await screen.findByText('070-174 06 09')).toBeVisible()
    expect(server.made('PUT /patients/pat-2/guardians/g-erik/contacts')[0]?.body).toEqual({
      version: 4,
      phone: '070-174 06 09',
      email: '',
    })
  })

  it('moves between the tabs by keyboard', async () => {
    const { user } = await openRelations()
    await user.keyboard('{ArrowLeft}')
    expect(screen.getByRole('tab', { name: 'Uppgifter' })).toHaveFocus()
    expect(screen.getByRole('tab', { name: 'Uppgifter' })).toHaveAttribute('aria-selected', 'true')
    expect(screen.queryByRole('list', { name: 'Vårdnadshavare' })).toBeNull()
  })

  it('tells nothing of who a protected guardian is, and why they cannot act', async () => {
    const hidden = guardian({ name: '', number_masked: '', protected: true, refusal: 'guardian_protected' })
    await openRelations({ guardians: [hidden] })
    expect(screen.getByText('Skyddade personuppgifter')).toBeVisible()
    expect(screen.getByText(/Kan inte vara ombud/)).toBeVisible()
    expect(screen.getByText(/Ingen av vårdnadshavarna kan vara ombud/)).toBeVisible()
  })

  it('says in words that a protected child can have no video visit', async () => {
    await openRelations({ protected: true, guardians: [], guardians_withheld: true })
    expect(screen.getByText('Sekretessmarkering')).toBeVisible()
    expect(screen.getByText(/Boka ett telefonbesök eller ett besök på mottagningen/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Boka besök' })).toBeNull()
  })

  it('says when the register has no guardian', async () => {
    await openRelations({ guardians: [] })
    expect(screen.getByText(/har ingen vårdnadshavare/)).toBeVisible()
  })
})

describe('what the register says (P3, P5)', () => {
  it('shows when it was fetched and fetches anew, also who has died since', async () => {
    replies['POST /patients/search'] = { found: true, number_masked: masked, patient }
    replies['POST /patients/pat-1/refresh'] = { ...patient, problem: 'deceased', version: 2 }
    const { user } = await searchFor(NUMBER)
    expect(await screen.findByText(/^Hämtat/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Uppdatera' }))
    expect(await screen.findByText('Personen är avliden. Inget besök kan bokas.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Boka besök' })).toBeNull()
  })

  it('keeps what is shown while the register is down, and tries again', async () => {
    replies['POST /patients/search'] = { found: true, number_masked: masked, patient }
    replies['POST /patients/pat-1/refresh'] = refusal(503, 'register_unavailable')
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Uppdatera' }))
    expect(await screen.findByText(/Folkbokföringen svarar inte just nu/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Boka besök' })).toBeVisible()
    replies['POST /patients/pat-1/refresh'] = { ...patient, given_name: 'Anna-Lisa', version: 2 }
    await user.click(screen.getByRole('button', { name: 'Försök igen' }))
    expect(await screen.findByText('Anna-Lisa Andersson')).toBeVisible()
  })

  it('shows a newer identity and goes on with it', async () => {
    replies['POST /patients/register'] = { ...person, problem: 'referred', referred_to: '20000229-2399' }
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Skapa patient' }))
    expect(await screen.findByText('Ny identitet: 20000229-2399')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Fortsätt med den nya identiteten' }))
    expect(server.made('POST /patients/search')[1]?.body).toEqual({ number: '20000229-2399' })
    expect(await screen.findByLabelText('Personnummer')).toHaveValue('20000229-2399')
  })

  it('does the same from the card of a patient who has got one since', async () => {
    const referred = { ...patient, problem: 'referred', referred_to: '20000229-2399' }
    replies['POST /patients/search'] = { found: true, number_masked: masked, patient: referred }
    const { user } = await searchFor(NUMBER)
    await user.click(await screen.findByRole('button', { name: 'Fortsätt med den nya identiteten' }))
    expect(server.made('POST /patients/search')[1]?.body).toEqual({ number: '20000229-2399' })
  })
})
