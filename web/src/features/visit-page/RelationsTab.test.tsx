import { screen, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Shape } from '../../protocol/api'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { child, guardian, note, sara, session, visit } from '../../testing/shapes'
import { VisitPage } from './VisitPage'

type Visit = Shape<'VisitView'>

let replies: Record<string, unknown>
let server: ReturnType<typeof fakeApi>

/** A child's visit whose ombud is Erik. */
function childsVisit(changes: Partial<Visit> = {}): Visit {
  const adult = visit()
  return {
    ...adult,
    kind: 'child',
    patient: { ...adult.patient, patient_id: child.patient_id, name: 'Alva Lindqvist', age: 10, phone: '' },
    relations: { ombud_id: 'g-erik', invited_phone: guardian().phone, primary_contact_id: 'g-erik' },
    actions: [...adult.actions, 'change_relations'],
    participants: adult.participants.map((person) =>
      person.role === 'patient' ? { ...person, name: 'Alva Lindqvist' } : person,
    ),
    ...changes,
  }
}

function withGuardians(booked: Visit, guardians: Shape<'GuardianView'>[]): Visit {
  return { ...booked, patient: { ...booked.patient, guardians } }
}

async function openTab(booked: Visit = withGuardians(childsVisit(), [guardian(), sara])) {
  replies['GET /visits/v1'] = booked
  const page = renderPage(<VisitPage visitId="v1" />, '/besok/v1')
  await page.user.click(await screen.findByRole('tab', { name: 'Relationer' }))
  return page
}

const ombud = () => screen.getByRole('group', { name: 'Ombud' })
const save = () => screen.queryByRole('button', { name: 'Spara relationer' })

beforeEach(() => {
  replies = { 'GET /session': session, 'GET /visits/v1/chat': { messages: [] }, 'GET /visits/v1/note': note }
  server = fakeApi(replies)
})

describe('Relationer on the visit page (P6)', () => {
  it('is there for a child and not for an adult', async () => {
    replies['GET /visits/v1'] = visit()
    renderPage(<VisitPage visitId="v1" />, '/besok/v1')
    await screen.findByRole('heading', { name: /Anna Andersson/ })
    expect(screen.queryByRole('tab')).toBeNull()
  })

  it('shows who acts, and offers to save only what was changed', async () => {
    await openTab()
    expect(within(ombud()).getByLabelText('Erik Lindqvist')).toBeChecked()
    expect(save()).toBeNull()
  })

  it('says what another ombud means before it is saved', async () => {
    const { user } = await openTab()
    const after = { ombud_id: 'g-sara', invited_phone: sara.phone, primary_contact_id: 'g-erik' }
    const booked = withGuardians(childsVisit({ version: 2, relations: after }), [guardian(), sara])
    replies['PUT /visits/v1/relations'] = booked
    await user.click(within(ombud()).getByLabelText('Sara Bergström'))
    expect(screen.getByText(/Sara Bergström en inbjudan.*slutar gälla direkt/)).toBeVisible()
    expect(server.made('PUT /visits/v1/relations')).toEqual([])
    await user.click(save() ?? ombud())
    expect(await screen.findByText('Relationerna är sparade')).toBeVisible()
    expect(server.made('PUT /visits/v1/relations')[0]?.body).toEqual({
      relations: [
        { guardian_id: 'g-sara', ombud: true, primary_contact: false },
        { guardian_id: 'g-erik', ombud: false, primary_contact: true },
      ],
    })
    expect(save()).toBeNull()
  })

  it('offers to invite an ombud anew whose number has been corrected', async () => {
    const { user } = await openTab()
    const erik = guardian({ phone: '+46701740611' })
    replies['PUT /patients/pat-2/guardians/g-erik/contacts'] = {
      ...child,
      version: 2,
      guardians: [erik, sara],
    }
    await user.click(screen.getByRole('button', { name: 'Ändra kontaktuppgifter för Erik Lindqvist' }))
    await user.clear(screen.getByLabelText(/Mobilnummer \(/))
    await user.type(screen.getByLabelText(/Mobilnummer \(/), '070-174 06 11')
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    expect(await screen.findByText(/inbjudan till det nya numret/)).toBeVisible()
    expect(save()).toBeVisible()
  })

  it('keeps the choice and says why when it was refused', async () => {
    const { user } = await openTab()
    replies['PUT /visits/v1/relations'] = refusal(409, 'guardian_may_not_act')
    await user.click(within(ombud()).getByLabelText('Sara Bergström'))
    await user.click(save() ?? ombud())
    expect(await screen.findByText(/kan inte vara ombud för barnet/)).toBeVisible()
    expect(within(ombud()).getByLabelText('Sara Bergström')).toBeChecked()
  })

  it('changes nothing in a visit that is over', async () => {
    await openTab(withGuardians(childsVisit({ status: 'avslutat', actions: [] }), [guardian(), sara]))
    expect(within(ombud()).getByLabelText('Sara Bergström')).toBeDisabled()
    expect(save()).toBeNull()
  })

  it('says that the child comes with its ombud, to whom the chat is', async () => {
    await openTab()
    expect(screen.getByText('kommer med ombudet')).toBeVisible()
    expect(screen.getByLabelText('Skriv till ombudet')).toBeVisible()
  })

  it('names a protected patient in no list (P5)', async () => {
    const booked = visit()
    replies['GET /visits/v1'] = { ...booked, patient: { ...booked.patient, protected: true } }
    renderPage(<VisitPage visitId="v1" />, '/besok/v1')
    await screen.findByRole('heading', { name: 'Deltagare' })
    for (const list of screen.getAllByRole('list')) expect(list).not.toHaveTextContent('Anna')
  })

  it('asks a youth for no ombud (B5)', async () => {
    const relations = { ombud_id: null, invited_phone: null, primary_contact_id: null }
    await openTab(withGuardians(childsVisit({ kind: 'youth', relations }), [guardian(), sara]))
    expect(screen.queryByRole('group', { name: 'Ombud' })).toBeNull()
    expect(screen.getByRole('group', { name: 'Primär kontakt' })).toBeVisible()
  })
})
