import { screen, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { child, patient, session, visit } from '../../testing/shapes'
import { BookingPage } from './BookingPage'

const { patient_id: _, version: __, phone: ___, email: ____, ...person } = patient
const SEND = 'Skapa och skicka inbjudningar'
const bo = {
  ...patient,
  patient_id: 'pat-3',
  given_name: 'Bo',
  family_name: 'Berg',
  number_masked: '1957-12-12-••••',
}
const colleague = { hsa_id: 'SE2321000115-OL', name: 'Olle Lind', title: 'Sjuksköterska', unit_name: 'Hud' }
const sms = { name: 'Anna Andersson', role: 'patient', channel: 'sms', text: 'Videobesök 09:45', segments: 1 }
const found = (person: typeof patient) => ({
  found: true,
  number_masked: person.number_masked,
  patient: person,
})
let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T08:31:00Z'), toFake: ['Date'] })
  vi.stubGlobal('scrollTo', () => undefined)
  replies = {
    'GET /session': session,
    'GET /colleagues': [{ ...colleague, hsa_id: session.hsa_id, name: session.name }, colleague],
    'GET /interpreter': { given_name: 'Tolk', family_name: 'digital', email: 'tolk@example.se' },
    'GET /patients/pat-1': patient,
    'GET /patients/pat-2': child,
    'GET /patients/pat-3': bo,
    'POST /patients/search': found(patient),
    'POST /visits/preview': { messages: [sms], overlaps: [], series: [] },
    'POST /visits': { visit: visit(), guest_link: '', series: [] },
  }
  server = fakeApi(replies)
})

afterEach(() => vi.useRealTimers())

const open = (address = '/boka') => renderPage(<BookingPage />, address)
const next = () => screen.getByRole('button', { name: 'Nästa' })
const primaries = () =>
  screen
    .getAllByRole('button')
    .filter(({ dataset }) => dataset.variant === 'primary')
    .map(({ textContent }) => textContent)
const form = (name: string) => screen.findByRole('radio', { name })
const asked = () => server.made('POST /visits/preview').at(-1)?.body
const heading = (name: string) => screen.findByRole('heading', { name: new RegExp(name) })
type User = ReturnType<typeof renderPage>['user']

async function add(user: User, person: typeof patient) {
  replies['POST /patients/search'] = found(person)
  await user.type(await screen.findByLabelText('Personnummer till nästa patient'), '194408139089{Enter}')
}

async function toReview(user: User) {
  await user.click(next())
  await heading('När ska besöket vara')
  await user.click(next())
  await heading('Vilka fler ska vara med')
  await user.click(next())
  await screen.findByText('Videobesök 09:45')
}

describe('the forms of a visit (B1)', () => {
  it('keep what is filled in when another form is looked at', async () => {
    const { user } = open('/boka?patient=pat-1')
    await user.type(await screen.findByLabelText(/Sökorsak/), 'Återbesök')
    await user.click(screen.getByRole('button', { name: 'Tillbaka' }))
    await user.click(await form('Anhörigsamtal'))
    expect(screen.queryByRole('heading', { name: 'Anna Andersson' })).toBeNull()
    await user.click(await form('Teambesök'))
    expect(await screen.findByRole('heading', { name: 'Anna Andersson' })).toBeVisible()
    await user.click(next())
    expect(await screen.findByLabelText(/Sökorsak/)).toHaveValue('Återbesök')
  })

  it('are chosen by the arrow keys, and the focus stays with them', async () => {
    const { user } = open()
    await vi.waitFor(() => expect(screen.getByLabelText('Personnummer')).toHaveFocus())
    const team = await form('Teambesök')
    await user.click(team)
    await user.keyboard('{ArrowDown}')
    expect(await form('Gruppbesök')).toHaveFocus()
    expect(screen.getByText('0 av högst 20')).toBeVisible()
    await user.keyboard('{ArrowDown}')
    expect(await form('Anhörigsamtal')).toHaveFocus()
    expect(screen.getByLabelText('Den närståendes personnummer')).toBeVisible()
  })

  it('move the focus to the heading of the step that is gone to', async () => {
    const { user } = open('/boka?patient=pat-1')
    await screen.findByLabelText('Klockslag')
    await user.click(next())
    expect(await heading('Vilka fler ska vara med')).toHaveFocus()
    await user.click(screen.getByRole('button', { name: 'Tillbaka' }))
    expect(await heading('När ska besöket vara')).toHaveFocus()
  })

  it('send messages in the language that was chosen for the patient', async () => {
    const { user } = open()
    await user.type(await screen.findByLabelText('Personnummer'), '194408139089{Enter}')
    await user.click(await screen.findByLabelText('English'))
    await toReview(user)
    expect(asked()).toMatchObject({ patients: [{ patient_id: 'pat-1', language: 'en' }] })
  })
})

describe('a team visit (B6)', () => {
  it('wants at least two of the staff, and says so at the step', async () => {
    const { user } = open()
    await user.click(await form('Teambesök'))
    await user.type(screen.getByLabelText('Personnummer'), '194408139089{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Nästa' }))
    await user.click(next())
    await user.click(next())
    expect(await screen.findByText('Välj minst en till i vårdpersonalen.')).toBeVisible()
    expect(screen.getByLabelText(/Olle Lind/)).toHaveFocus()
    await user.click(screen.getByLabelText(/Olle Lind/))
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(asked()).toMatchObject({ form: 'team', kind: 'adult', staff: ['SE2321000115-OL'] })
  })
})

describe('a group (B8)', () => {
  it('has one next thing at a time, also while a patient is created or corrected', async () => {
    replies['POST /patients/register'] = person
    const { user } = open()
    await user.click(await form('Gruppbesök'))
    await add(user, patient)
    await screen.findByText('1 av högst 20')
    await add(user, bo)
    await screen.findByText('2 av högst 20')
    expect(primaries()).toEqual(['Nästa'])
    replies['POST /patients/search'] = { found: false, number_masked: '1996-10-20-••••', patient: null }
    await user.type(screen.getByLabelText('Personnummer till nästa patient'), '199610202385{Enter}')
    await screen.findByRole('button', { name: 'Skapa patient' })
    expect(primaries()).toEqual(['Skapa patient'])
    await user.click(screen.getByRole('button', { name: 'Skapa patient' }))
    await screen.findByLabelText('Mobilnummer')
    expect(primaries()).toEqual(['Skapa patient'])
    await user.clear(screen.getByLabelText('Personnummer till nästa patient'))
    await add(user, bo)
    await screen.findByText('Bo Berg är redan med i gruppen.')
    expect(primaries()).toEqual(['Nästa'])
  })

  it('takes patients one after the other, with a name that the others see and a language', async () => {
    const { user } = open()
    await user.click(await form('Gruppbesök'))
    await add(user, patient)
    expect(await screen.findByText('Anna Andersson är tillagd. 1 patient i gruppen.')).toBeVisible()
    await user.click(next())
    expect(screen.getByText('En grupp har minst 2 patienter. Lägg till fler.')).toBeVisible()
    await add(user, bo)
    expect(await screen.findByText('2 av högst 20')).toBeVisible()
    await user.type(screen.getByLabelText('Visningsnamn för Bo Berg'), 'Bosse')
    await user.selectOptions(screen.getByLabelText('Språk till Bo Berg'), 'en')
    await toReview(user)
    expect(asked()).toMatchObject({
      form: 'group',
      kind: 'adult',
      relations: [],
      patients: [
        { patient_id: 'pat-1', display_name: '', language: 'sv' },
        { patient_id: 'pat-3', display_name: 'Bosse', language: 'en' },
      ],
    })
    const summary = screen.getByRole('complementary', { name: 'Bokningen' })
    expect(within(summary).getByText('2 patienter')).toBeVisible()
    expect(within(summary).getByText('Deltagare 1')).toBeVisible()
  })

  it('takes nobody twice, and no child, who has no e-ID', async () => {
    const { user } = open()
    await user.click(await form('Gruppbesök'))
    await add(user, patient)
    await screen.findByText(/är tillagd/)
    await add(user, patient)
    expect(await screen.findByText('Anna Andersson är redan med i gruppen.')).toBeVisible()
    await user.clear(screen.getByLabelText('Personnummer till nästa patient'))
    await add(user, child)
    expect(await screen.findByText(/Ett barn under 13 kan inte vara med/)).toBeVisible()
    expect(screen.getByText('1 av högst 20')).toBeVisible()
  })

  it('marks where something is wrong: a number that is missing, a name that two have', async () => {
    const { user } = open()
    await user.click(await form('Gruppbesök'))
    await add(user, { ...patient, phone: '' })
    await screen.findByText(/är tillagd/)
    await add(user, bo)
    expect(await screen.findByText(/Patienten saknar mobilnummer/)).toBeVisible()
    await user.type(screen.getByLabelText('Visningsnamn för Bo Berg'), 'deltagare 1')
    expect(screen.getByText('Två i gruppen har samma visningsnamn.')).toBeVisible()
    await user.click(next())
    expect(screen.getByText('Rätta det som är markerat i listan.')).toBeVisible()
    replies['PUT /patients/pat-1/contacts'] = patient
    await user.click(screen.getByRole('button', { name: 'Ändra kontaktuppgifter' }))
    await user.type(screen.getByLabelText('Mobilnummer'), '070-174 06 05')
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    await user.clear(screen.getByLabelText('Visningsnamn för Bo Berg'))
    await user.click(next())
    expect(await heading('När ska besöket vara')).toBeVisible()
  })

  it('lets go of one again, and begins with the patient who was chosen already', async () => {
    const { user } = open('/boka?patient=pat-1')
    await screen.findByLabelText('Klockslag')
    await user.click(screen.getByRole('button', { name: 'Tillbaka' }))
    await user.click(await form('Gruppbesök'))
    await user.click(await screen.findByRole('button', { name: 'Ta bort Anna Andersson ur gruppen' }))
    expect(screen.getByText('0 av högst 20')).toBeVisible()
  })

  it('survives a reload without a name or a number of any patient', async () => {
    const { user } = open()
    await user.click(await form('Gruppbesök'))
    await add(user, patient)
    await screen.findByText(/är tillagd/)
    await add(user, bo)
    await screen.findByText('2 av högst 20')
    expect(sessionStorage.getItem('vardrum.booking')).not.toMatch(/Anna|Bo|1944|1957/)
    document.body.replaceChildren()
    open()
    expect(await screen.findByLabelText('Visningsnamn för Bo Berg')).toBeVisible()
    expect(screen.getByText('2 av högst 20')).toBeVisible()
  })
})

describe("a relative's conversation (B7)", () => {
  it('is booked on the relative, with its one reason, and a standing note', async () => {
    const { user } = open()
    await user.click(await form('Anhörigsamtal'))
    await user.type(await screen.findByLabelText('Den närståendes personnummer'), '194408139089{Enter}')
    await screen.findByRole('heading', { name: 'Anna Andersson' })
    expect(screen.getByText(/måste bokas om och avbokas för hand/)).toBeVisible()
    await user.click(next())
    expect(screen.queryByRole('textbox', { name: /Sökorsak/ })).toBeNull()
    await user.click(next())
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(asked()).toMatchObject({
      form: 'relative',
      kind: 'adult',
      reason: 'Anhörigsamtal',
      patients: [{ patient_id: 'pat-1' }],
    })
  })

  it('adds a relative who is reached by e-mail alone', async () => {
    replies['POST /patients/search'] = { found: false, number_masked: patient.number_masked, patient: null }
    replies['POST /patients/register'] = { ...patient, problem: null }
    replies['POST /patients'] = { ...patient, phone: '', email: 'anna@example.se' }
    const { user } = open()
    await user.click(await form('Anhörigsamtal'))
    await user.type(await screen.findByLabelText('Den närståendes personnummer'), '194408139089{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Lägg till person' }))
    await user.type(await screen.findByLabelText(/E-post/), 'anna@example.se')
    await user.click(screen.getByRole('button', { name: 'Lägg till person' }))
    expect(await screen.findByRole('button', { name: 'Nästa' })).toBeVisible()
    expect(server.made('POST /patients')[0]?.body).toMatchObject({ phone: '', relative: true })
  })

  it('is for an adult', async () => {
    replies['POST /patients/search'] = found(child)
    const { user } = open()
    await user.click(await form('Anhörigsamtal'))
    await user.type(await screen.findByLabelText('Den närståendes personnummer'), '201605172384{Enter}')
    expect(await screen.findByText(/Anhörigsamtal bokas med en vuxen/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Nästa' })).toBeNull()
  })
})

describe('when the visit is', () => {
  it('starts now: asks for no time, and opens the visit once it is booked', async () => {
    const { user } = open('/boka?patient=pat-1')
    await user.click(await screen.findByLabelText('Starta nu'))
    expect(screen.queryByLabelText('Klockslag')).toBeNull()
    expect(screen.queryByLabelText('Upprepa')).toBeNull()
    await user.click(next())
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(asked()).toMatchObject({ start_now: true, repeat: null, starts_at: '2026-11-22T08:31:00.000Z' })
    await user.click(screen.getByRole('button', { name: SEND }))
    await vi.waitFor(() => expect(window.location.pathname).toBe('/besok/v1'))
  })

  it('repeats every so many weeks, and shows the days before and the visits after', async () => {
    replies['POST /visits'] = {
      visit: visit(),
      guest_link: '',
      series: [
        { visit_id: 'v1', starts_at: '2026-11-22T08:45:00Z' },
        { visit_id: 'v2', starts_at: '2026-12-06T08:45:00Z' },
      ],
    }
    const { user } = open('/boka?patient=pat-1')
    await user.click(await screen.findByLabelText('Upprepa'))
    await user.selectOptions(screen.getByLabelText('Hur ofta'), '2')
    await user.selectOptions(screen.getByLabelText('Antal gånger'), '3')
    const days = within(screen.getByRole('region', { name: 'Besöken' })).getAllByRole('listitem')
    expect(days.map((day) => day.textContent)).toEqual([
      'söndag 22 november 09:45',
      'söndag 6 december 09:45',
      'söndag 20 december 09:45',
    ])
    await user.click(next())
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(asked()).toMatchObject({ repeat: { every_weeks: 2, count: 3 } })
    await user.click(screen.getByRole('button', { name: SEND }))
    expect(await screen.findByRole('heading', { name: 'Serien är bokad' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Öppna söndag 6 december 09:45' })).toHaveAttribute(
      'href',
      '/besok/v2',
    )
  })
})

describe('what is told before the last click', () => {
  it('warns of a double booking, which is no hindrance (B9)', async () => {
    const overlap = {
      hsa_id: session.hsa_id,
      name: 'Karin Ek',
      starts_at: '2026-11-22T09:00:00Z',
      ends_at: '2026-11-22T09:30:00Z',
    }
    replies['POST /visits/preview'] = { messages: [sms], overlaps: [overlap], series: [] }
    const { user } = open('/boka?patient=pat-1')
    await screen.findByLabelText('Klockslag')
    await user.click(next())
    await user.click(next())
    expect(await screen.findByText('Karin Ek har redan ett besök 10:00–10:30.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: SEND }))
    expect(await screen.findByText('Besöket är bokat')).toBeVisible()
  })

  it('fills in the organisation’s interpreter (G3)', async () => {
    const { user } = open('/boka?patient=pat-1')
    await screen.findByLabelText('Klockslag')
    await user.click(next())
    await user.click(await screen.findByRole('button', { name: 'Lägg till tolk' }))
    expect(await screen.findByLabelText('Gästens namn')).toHaveValue('Tolk digital')
    await user.click(screen.getByRole('button', { name: 'Lägg till' }))
    await user.click(next())
    await screen.findByText('Videobesök 09:45')
    expect(asked()).toMatchObject({
      guests: [{ name: 'Tolk digital', email: 'tolk@example.se', kind: 'interpreter' }],
    })
  })
})
