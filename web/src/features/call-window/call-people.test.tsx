import { render, renderHook, screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { type CallState, INITIAL_STATE, type RemoteParticipant } from '../../call/call-state'
import { type CallPeople, CallPeopleContext, NOBODY_KNOWN, useNames, useRoleName } from './call-people'

const person = (id: string, name: string): RemoteParticipant => ({
  id,
  name,
  role: 'patient',
  connected: true,
  media: {},
  screens: [],
})
const STAFF_KNOWS: CallPeople = {
  known: new Map([['p1', { name: 'Anna Alm', shownAs: 'Deltagare 1' }]]),
  visitor: 'patient',
}
const CALL: CallState = {
  ...INITIAL_STATE,
  participants: [person('p1', 'Deltagare 1'), person('p2', 'Deltagare 2')],
  chat: {
    open: false,
    unread: 1,
    entries: [
      {
        clientId: 'c1',
        participantId: 'p1',
        name: 'Deltagare 1',
        text: 'Hej',
        sentAtMs: 0,
        mine: false,
        state: 'sent',
      },
    ],
  },
}

function Role({ id }: { id: string }) {
  return <p>{useRoleName()('patient', id)}</p>
}

const named = (people: CallPeople) => renderHook(() => useNames(CALL, people)).result.current

describe('who the people of a call are (B8)', () => {
  it('to staff of a group: their real names, on tiles and in the chat', () => {
    const { participants, chat } = named(STAFF_KNOWS)
    expect(participants.map(({ name }) => name)).toEqual(['Anna Alm', 'Deltagare 2'])
    expect(chat.entries[0]?.name).toBe('Anna Alm')
    expect(chat.unread).toBe(1)
  })

  it('to a patient: whom the call says', () => {
    expect(named(NOBODY_KNOWN)).toEqual(CALL)
  })

  it('and staff sees what the other patients see', () => {
    render(
      <CallPeopleContext.Provider value={STAFF_KNOWS}>
        <Role id="p1" />
      </CallPeopleContext.Provider>,
    )
    expect(screen.getByText('Patient, visas som Deltagare 1')).toBeVisible()
  })

  it('a relative is no patient (B7)', () => {
    render(
      <CallPeopleContext.Provider value={{ ...NOBODY_KNOWN, visitor: 'relative' }}>
        <Role id="p1" />
      </CallPeopleContext.Provider>,
    )
    expect(screen.getByText('Anhörig')).toBeVisible()
  })
})
