import { useState } from 'preact/hooks'
import type { Shape } from '../../protocol/api'
import type { Contacts } from '../../ui/contacts/ContactFields'
import { useLeaveWarning } from '../../ui/leave-warning'
import type { Guest } from './draft'
import { useAdditions } from './use-additions'

type Visit = Shape<'VisitView'>

/** Which form is open, with what has been written in it. */
export type Adding =
  | { who: 'guest'; initial: Guest; guest: Guest }
  | { who: 'colleague' }
  | { who: 'again'; participantId: string; requestId: string; initial: Contacts; contacts: Contacts }

/** What was done last, told for as long as it is so. */
export type Done =
  | { what: 'removed'; name: string }
  | { what: 'added' }
  /** `ids`: those who are sent something. */
  | { what: 'invited'; ids: readonly string[] }

/**
 * What is under way in Redigera deltagare. It outlives the dialog, so that Escape by mistake loses nothing, and ends with the
 * page: names and numbers are kept nowhere else.
 */
export function useDraft(visit: Visit, onChanged: (visit: Visit) => void) {
  const [adding, setAdding] = useState<Adding | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const before = new Set(visit.participants.map(({ participant_id: id }) => id))
  const additions = useAdditions(visit.visit_id, (after, sent) => {
    onChanged(after)
    const ids = after.participants.map(({ participant_id: id }) => id).filter((id) => !before.has(id))
    setDone(sent.some(({ kind }) => kind === 'guest') ? { what: 'invited', ids } : { what: 'added' })
  })
  const isUnsent = additions.additions.length > 0 || (adding !== null && isWritten(adding))
  useLeaveWarning(isUnsent)
  return { adding, setAdding, done, setDone, isUnsent, ...additions }
}

export type ParticipantsDraft = ReturnType<typeof useDraft>

function isWritten(adding: Adding): boolean {
  if (adding.who === 'guest') return JSON.stringify(adding.guest) !== JSON.stringify(adding.initial)
  if (adding.who === 'again') return JSON.stringify(adding.contacts) !== JSON.stringify(adding.initial)
  return false
}
