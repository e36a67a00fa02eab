/** The call's chat (C6): what was written while this person was in the call, in memory only. Pure. */

import type { ChatLine, Role } from '../protocol/signalling'

export interface ChatEntry {
  clientId: string
  participantId: string
  name: string
  text: string
  sentAtMs: number
  mine: boolean
  state: 'sending' | 'sent' | 'failed'
}

export interface ChatLog {
  entries: readonly ChatEntry[]
  open: boolean
  /** Others' lines that came while the panel was closed. */
  unread: number
}

export const EMPTY_CHAT: ChatLog = { entries: [], open: false, unread: 0 }
export const MAX_ENTRIES = 500
export const MAX_TEXT_LENGTH = 2_000

export interface Author {
  id: string
  name: string
  role: Role
}

export function receiveLine(log: ChatLog, line: ChatLine, selfId: string): ChatLog {
  const mine = line.participantId === selfId
  const entry: ChatEntry = { ...line, mine, state: 'sent' }
  const known = mine && log.entries.some((each) => each.clientId === line.clientId)
  const entries = known ? replace(log.entries, entry) : append(log.entries, entry)
  return { ...log, entries, unread: mine || log.open ? log.unread : log.unread + 1 }
}

/** Shows an own line before the server has answered. */
export function addOwn(
  log: ChatLog,
  author: Author,
  line: { clientId: string; text: string; sentAtMs: number },
): ChatLog {
  const entry: ChatEntry = {
    ...line,
    participantId: author.id,
    name: author.name,
    mine: true,
    state: 'sending',
  }
  return { ...log, entries: append(log.entries, entry) }
}

export function markState(log: ChatLog, clientId: string, state: ChatEntry['state']): ChatLog {
  return {
    ...log,
    entries: log.entries.map((each) => (each.clientId === clientId ? { ...each, state } : each)),
  }
}

export function openPanel(log: ChatLog): ChatLog {
  return { ...log, open: true, unread: 0 }
}

export function closePanel(log: ChatLog): ChatLog {
  return { ...log, open: false }
}

function append(entries: readonly ChatEntry[], entry: ChatEntry): readonly ChatEntry[] {
  return [...entries, entry].slice(-MAX_ENTRIES)
}

function replace(entries: readonly ChatEntry[], entry: ChatEntry): readonly ChatEntry[] {
  return entries.map((each) => (each.mine && each.clientId === entry.clientId ? entry : each))
}
