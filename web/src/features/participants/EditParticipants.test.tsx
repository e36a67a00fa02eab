import { render, screen, waitFor, within } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { asksBeforeLeaving, pressEscape } from '../../testing/escape'
import { fakeApi, refusal } from '../../testing/fake-api'
import { nothingTold, visit } from '../../testing/shapes'
import { EditParticipants } from './EditParticipants'

const ADD = 'POST /visits/v1/participants'
const PREVIEW = 'POST /visits/v1/participants/preview'
const guest: Shape<'ParticipantView'> = {
  participant_id: 'p-gun',
  role: 'guest',
  name: 'Gun Ek',
  presence: { state: 'in_call', since: null },
  delivery: 'sent',
  is_owner: false,
  guest_kind: 'relative',
  removable: true,
  ...nothingTold,
}
const shown = visit({
  actions: ['change_participants'],
  participants: [...visit().participants, guest],
})
const lost: Shape<'Delivery'> = {
  reason: 'invitation',
  channel: 'sms',
  state: 'failed',
  at: '2026-11-22T08:31:00Z',
  failure: 'not_delivered',
}
const sms = {
  name: 'Eva',
  role: 'guest',
  channel: 'sms',
  text: 'Region Halland: Du är inbjuden',
  segments: 1,
}

let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>
const onChanged = vi.fn()
const onRemoved = vi.fn()

beforeEach(() => {
  onChanged.mockReset()
  onRemoved.mockReset()
  replies = {
    [PREVIEW]: { messages: [sms] },
    [ADD]: visit({ version: 2 }),
    'GET /interpreter': {
      given_name: 'Tolk',
      family_name: 'digital',
      email: 'videolank@digitaltolk.se',
    },
    'GET /colleagues': [
      { hsa_id: 'SE-BERG', name: 'Bo Berg', title: 'Läkare', unit_name: 'Hud' },
      { hsa_id: 'SE-GUN', name: 'Gun Ek', title: 'Läkare', unit_name: 'Hud' },
    ],
  }
  server = fakeApi(replies)
})

let again: (of: Shape<'VisitView'>) => void

async function open(of = shown) {
  const user = userEvent.setup()
  const draw = (each: Shape<'VisitView'>) => (
    <EditParticipants visit={each} onChanged={onChanged} onRemoved={onRemoved} />
  )
  const { rerender } = render(draw(of))
  again = (each) => rerender(draw(each))
  await user.click(screen.getByRole('button', { name: 'Redigera deltagare' }))
  return user
}

async function addGuest(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getByRole('button', { name: 'Lägg till gäst' }))
  await user.type(screen.getByLabelText('Namn'), 'Eva')
  await user.type(screen.getByLabelText('Mobilnummer'), '070-174 06 13')
  await user.click(screen.getByRole('button', { name: 'Lägg till' }))
}

const button = (name: string) => screen.getByRole('button', { name })

describe('redigera deltagare (G1)', () => {
  it('is not there for who may not change them', () => {
    render(<EditParticipants visit={visit({ actions: [] })} onChanged={onChanged} onRemoved={onRemoved} />)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('invites a relative after showing what they will get; closing before sends nothing', async () => {
    const user = await open()
    await addGuest(user)
    expect(await screen.findByText('Region Halland: Du är inbjuden')).toBeVisible()
    expect(screen.getByText('Inget är skickat än.')).toBeVisible()
    await user.click(button('Stäng'))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(server.made(ADD)).toEqual([])
    expect(screen.getByText('Det du har börjat på är inte skickat än.')).toBeVisible()
    await user.click(button('Redigera deltagare'))
    expect(screen.getByText('Region Halland: Du är inbjuden')).toBeVisible()
  })

  it('keeps what is typed after Escape by mistake, in the page alone', async () => {
    const user = await open()
    await user.click(button('Lägg till gäst'))
    await user.type(screen.getByLabelText('Namn'), 'Eva')
    expect(asksBeforeLeaving()).toBe(true)
    pressEscape()
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(button('Redigera deltagare'))
    expect(screen.getByLabelText('Namn')).toHaveValue('Eva')
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain('Eva')
    await user.click(button('Avbryt'))
    expect(asksBeforeLeaving()).toBe(false)
  })

  it('tells what has become of the invitation, not what was so at first (B10)', async () => {
    const eva = { ...guest, participant_id: 'p-eva', name: 'Eva', delivery: 'queued' as const }
    const invited = { ...eva, presence: { state: 'invited' as const, since: null }, invited_again: 0 }
    replies[ADD] = visit({ ...shown, version: 2, participants: [...shown.participants, invited] })
    onChanged.mockImplementation((after: Shape<'VisitView'>) => again(after))
    const user = await open()
    await addGuest(user)
    await user.click(button('Bjud in'))
    expect(await screen.findByText('Inbjudan är på väg')).toBeVisible()
    again({
      ...shown,
      version: 3,
      participants: [...shown.participants, { ...invited, delivery: 'failed', deliveries: [lost] }],
    })
    expect(await screen.findByText('Inbjudan till Eva kom inte fram.')).toBeVisible()
    expect(screen.queryByText('Inbjudan är på väg')).toBeNull()
    expect(screen.getByText('Numret kan vara fel, eller telefonen avstängd.')).toBeVisible()
    again({
      ...shown,
      version: 4,
      participants: [...shown.participants, { ...invited, delivery: 'delivered' }],
    })
    expect(await screen.findByText('Inbjudan är skickad')).toBeVisible()
  })

  it('sends once, in one request, and begins anew', async () => {
    const user = await open()
    await addGuest(user)
    await user.dblClick(button('Bjud in'))
    expect(await screen.findByText('Inbjudan är på väg')).toBeVisible()
    const made = server.made(ADD)
    expect(made).toHaveLength(1)
    expect(made[0]?.body).toMatchObject({
      guests: [{ name: 'Eva', phone: '070-174 06 13', email: '', kind: 'relative' }],
      staff: [],
      colleagues: [],
    })
    expect(onChanged).toHaveBeenCalledWith(expect.objectContaining({ version: 2 }))
    expect(screen.queryByText('Ska bjudas in')).toBeNull()
  })

  it('sends the same request again after a lost answer', async () => {
    replies[ADD] = refusal(503, 'unavailable')
    const user = await open()
    await addGuest(user)
    await user.click(button('Bjud in'))
    expect(await screen.findByText(/Tjänsten kunde inte svara/)).toBeVisible()
    replies[ADD] = visit({ version: 2 })
    await user.click(button('Bjud in'))
    await waitFor(() => expect(onChanged).toHaveBeenCalled())
    const ids = server.made(ADD).map(({ body }) => (body as Shape<'AddParticipants'>).request_id)
    expect(new Set(ids).size).toBe(1)
    expect(ids).toHaveLength(2)
  })

  it('says before anything is sent that a number is the patient’s own (B5)', async () => {
    replies[PREVIEW] = refusal(409, 'own_number')
    const user = await open()
    await addGuest(user)
    expect(await screen.findByText(/patientens eller ombudets egen/)).toBeVisible()
  })

  it('asks for a name and one way to reach the guest', async () => {
    const user = await open()
    await user.click(button('Lägg till gäst'))
    await user.click(button('Lägg till'))
    expect(screen.getByText('Skriv gästens namn.')).toBeVisible()
    expect(screen.getByText('Skriv ett mobilnummer eller en e-postadress.')).toBeVisible()
    expect(server.made(PREVIEW)).toEqual([])
  })

  it('fills in the organisation’s interpreter (G3)', async () => {
    const user = await open()
    await user.click(button('Lägg till tolk'))
    expect(await screen.findByLabelText('Namn')).toHaveValue('Tolk digital')
    expect(screen.getByLabelText('E-post')).toHaveValue('videolank@digitaltolk.se')
    expect(screen.getByRole('radio', { name: 'Tolk' })).toBeChecked()
  })

  it('adds a colleague as a guest of the visit unless said, and not one who is in it (G4)', async () => {
    replies[PREVIEW] = { messages: [] }
    const user = await open()
    await user.click(button('Lägg till kollega'))
    const select = await screen.findByLabelText('Kollega')
    expect(within(select).queryByRole('option', { name: /Gun Ek/ })).toBeNull()
    await user.click(button('Lägg till'))
    expect(screen.getByText('Välj en kollega i listan.')).toBeVisible()
    await user.selectOptions(select, 'SE-BERG')
    await user.click(button('Lägg till'))
    expect(await screen.findByText(/ser besöket på sin startsida/)).toBeVisible()
    await user.click(button('Bjud in'))
    await waitFor(() => expect(onChanged).toHaveBeenCalled())
    expect(server.made(ADD)[0]?.body).toMatchObject({ guests: [], staff: [], colleagues: ['SE-BERG'] })
  })

  it('removes only after a question that says what it means, and nobody the visit needs (G5)', async () => {
    replies['DELETE /visits/v1/participants/p-gun'] = new Response(null, { status: 204 })
    const user = await open()
    expect(screen.getAllByRole('button', { name: /^Ta bort / })).toHaveLength(1)
    await user.click(button('Ta bort Gun Ek'))
    expect(screen.getByText(/bjuda in på nytt/)).toBeVisible()
    expect(button('Behåll')).toHaveFocus()
    await user.click(button('Behåll'))
    expect(server.made('DELETE /visits/v1/participants/p-gun')).toEqual([])
    await user.click(button('Ta bort Gun Ek'))
    await user.click(button('Ta bort'))
    await waitFor(() => expect(onRemoved).toHaveBeenCalled())
    expect(await screen.findByText('Gun Ek är borttagen ur besöket')).toBeVisible()
    expect(screen.getByRole('list', { name: 'Med i besöket' })).toHaveFocus()
  })

  it('names a protected patient here as little as in any list (P5)', async () => {
    await open({ ...shown, patient: { ...shown.patient, protected: true } })
    const people = screen.getByRole('list', { name: 'Med i besöket' })
    expect(people).toHaveTextContent('Skyddade personuppgifter')
    expect(people).not.toHaveTextContent('Anna')
  })

  it('says in the question why someone could not be removed', async () => {
    replies['DELETE /visits/v1/participants/p-gun'] = refusal(409, 'visit_over')
    const user = await open()
    await user.click(button('Ta bort Gun Ek'))
    await user.click(button('Ta bort'))
    expect(await screen.findByText('Besöket är redan avslutat.')).toBeVisible()
    expect(onRemoved).not.toHaveBeenCalled()
  })
})

describe('skicka igen (B10, P4)', () => {
  const AGAIN = 'POST /visits/v1/participants/p-patient/invitation'
  const [staff, anna] = visit().participants as [Shape<'ParticipantView'>, Shape<'ParticipantView'>]
  const unreached: Shape<'ParticipantView'> = {
    ...anna,
    presence: { state: 'invited', since: null },
    delivery: 'failed',
    deliveries: [lost],
    phone: '+46701740600',
    invited_again: 2,
  }
  const withAnna = (changes: Partial<Shape<'ParticipantView'>> = {}) =>
    visit({ actions: ['change_participants'], participants: [staff, guest, { ...unreached, ...changes }] })

  it('is beside who was not reached, who come first, with why in plain words', async () => {
    await open(withAnna())
    const [first] = within(screen.getByRole('list', { name: 'Med i besöket' })).getAllByRole('listitem')
    expect(first).toHaveTextContent(/Anna Andersson.*inbjudan kom inte fram/)
    expect(first).toHaveTextContent('Numret kan vara fel, eller telefonen avstängd.')
    expect(screen.getAllByRole('button', { name: /^Skicka igen/ })).toHaveLength(1)
  })

  it('sends to the corrected number, once, under what was seen', async () => {
    const user = await open(withAnna())
    replies[AGAIN] = withAnna({ delivery: 'queued', deliveries: [], invited_again: 3 })
    onChanged.mockImplementation((after: Shape<'VisitView'>) => again(after))
    await user.click(button('Skicka igen till Anna Andersson'))
    const phone = screen.getByLabelText('Mobilnummer')
    expect(phone).toHaveValue('070-174 06 05')
    await user.clear(phone)
    await user.type(phone, '070-174 06 99')
    await user.dblClick(button('Skicka igen till Anna Andersson'))
    expect(await screen.findByText('Inbjudan är på väg')).toBeVisible()
    const made = server.made(AGAIN)
    expect(made).toHaveLength(1)
    expect(made[0]?.body).toMatchObject({ phone: '070-174 06 99', invited_again: 2, patient_version: 1 })
    expect(screen.queryByLabelText('Mobilnummer')).toBeNull()
    expect(screen.queryByRole('button', { name: /^Skicka igen/ })).toBeNull()
  })

  it('sends the same request again after a lost answer, and another once something is changed', async () => {
    replies[AGAIN] = refusal(503, 'unavailable')
    const user = await open(withAnna())
    await user.click(button('Skicka igen till Anna Andersson'))
    for (let time = 1; time <= 2; time += 1) {
      await user.click(button('Skicka igen till Anna Andersson'))
      await waitFor(() => expect(server.made(AGAIN)).toHaveLength(time))
    }
    await user.type(screen.getByLabelText(/E-post/), 'anna@example.se')
    await user.click(button('Skicka igen till Anna Andersson'))
    await waitFor(() => expect(server.made(AGAIN)).toHaveLength(3))
    const ids = server.made(AGAIN).map(({ body }) => (body as Shape<'InviteAgain'>).request_id)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('says at the field what is wrong with the number, which stays', async () => {
    replies[AGAIN] = refusal(400, 'invalid_phone', 'phone')
    const user = await open(withAnna())
    await user.click(button('Skicka igen till Anna Andersson'))
    await user.type(screen.getByLabelText('Mobilnummer'), '1')
    await user.click(button('Skicka igen till Anna Andersson'))
    await waitFor(() => expect(screen.getByLabelText('Mobilnummer')).toBeInvalid())
    expect(screen.getByLabelText('Mobilnummer')).toHaveValue('070-174 06 051')
  })

  it.each([
    ['who is here', { presence: { state: 'waiting' as const, since: '2026-11-22T08:52:00Z' } }],
    ['whose invitation is just going out', { delivery: 'queued' as const, deliveries: [] }],
    ['who comes in without one', { invited_again: null }],
  ])('is not for someone %s', async (_, changes) => {
    await open(withAnna(changes))
    expect(screen.queryByRole('button', { name: /^Skicka igen/ })).toBeNull()
  })

  it('is where the start page leads to; a reload does not open it again', async () => {
    window.history.replaceState(null, '', '/besok/v1?redigera=deltagare')
    render(<EditParticipants visit={withAnna()} onChanged={onChanged} onRemoved={onRemoved} />)
    expect(await screen.findByRole('dialog', { name: 'Redigera deltagare' })).toBeVisible()
    await waitFor(() => expect(window.location.search).toBe(''))
  })
})
