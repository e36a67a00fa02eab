/** Who the people of a call are to the one who looks at it, beside what the media node knows of them. */

import { createContext } from 'preact'
import { useContext, useMemo } from 'preact/hooks'
import type { CallState, RemoteParticipant } from '../../call/call-state'
import type { ChatEntry } from '../../call/chat-log'
import { t } from '../../i18n'
import type { Role } from '../../protocol/signalling'

export interface KnownPerson {
  name: string
  /** What the others of a group see instead of the name (B8). */
  shownAs: string
}

export interface CallPeople {
  /** By participant id: those whom this side knows by more than the name they have in the call. */
  known: ReadonlyMap<string, KnownPerson>
  /** Whom the visit is with: a patient, or in a relative's conversation the relative (B7). */
  visitor: 'patient' | 'relative'
}

export const NOBODY_KNOWN: CallPeople = { known: new Map(), visitor: 'patient' }
export const CallPeopleContext = createContext(NOBODY_KNOWN)

/**
 * The role in words: `Patient`, to staff of a group `Patient, visas som Deltagare 2`, or `Patient (Deltagare 2)` where
 * there is little room.
 */
export function useRoleName(
  as: 'shownAs' | 'shownAsShort' = 'shownAs',
): (role: Role, participantId?: string) => string {
  const { known, visitor } = useContext(CallPeopleContext)
  return (role, participantId) => {
    const name = t(`call.room.${role === 'patient' ? visitor : role}`)
    const shownAs = known.get(participantId ?? '')?.shownAs ?? ''
    return shownAs === '' ? name : t(`call.room.${as}`, { role: name, name: shownAs })
  }
}

/** The call with the names that this side knows people by. */
export function useNames(state: CallState, { known }: CallPeople): CallState {
  const participants = useMemo(() => named(state.participants, known), [state.participants, known])
  const entries = useMemo(() => signed(state.chat.entries, known), [state.chat.entries, known])
  return useMemo(
    () => ({ ...state, participants, chat: { ...state.chat, entries } }),
    [state, participants, entries],
  )
}

function named(
  people: readonly RemoteParticipant[],
  known: CallPeople['known'],
): readonly RemoteParticipant[] {
  if (known.size === 0) return people
  return people.map((person) => ({ ...person, name: known.get(person.id)?.name ?? person.name }))
}

function signed(entries: readonly ChatEntry[], known: CallPeople['known']): readonly ChatEntry[] {
  if (known.size === 0) return entries
  return entries.map((entry) => ({ ...entry, name: known.get(entry.participantId)?.name ?? entry.name }))
}
