import { render, screen, waitFor, within } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
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

async function open(of = shown) {
  const user = userEvent.setup()
  render(<EditParticipants visit={of} onChanged={onChanged} onRemoved={onRemoved} />)
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
    expect(await screen.findByText(/Servern kunde inte svara/)).toBeVisible()
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
