import type { Shape } from './api'

/** What the server tells over `/live` (docs/api.md). */
export type LiveMessage =
  | { type: 'agenda.changed' }
  | { type: 'watching'; visit_id: string; version: number }
  | { type: 'visit.changed'; visit_id: string; version: number }
  | { type: 'chat.message'; visit_id: string; message: Shape<'ChatMessageView'> }
  | { type: 'note.changed'; visit_id: string }
  | { type: 'delivery.changed'; visit_id: string }
  | { type: 'participation.ended'; visit_id: string }
  | { type: 'session.ended'; reason: string }
  | { type: 'pong' }
  | { type: 'error'; code: string }

const REQUIRED: Record<LiveMessage['type'], readonly string[]> = {
  'agenda.changed': [],
  watching: ['visit_id', 'version'],
  'visit.changed': ['visit_id', 'version'],
  'chat.message': ['visit_id', 'message'],
  'note.changed': ['visit_id'],
  'delivery.changed': ['visit_id'],
  'participation.ended': ['visit_id'],
  'session.ended': ['reason'],
  pong: [],
  error: ['code'],
}

/** Reads one frame; null for anything this page does not know, which is passed over. */
export function readLiveMessage(frame: unknown): LiveMessage | null {
  const message = parse(frame)
  if (message === null || typeof message.type !== 'string') return null
  const required = REQUIRED[message.type as LiveMessage['type']]
  if (required?.every((name) => name in message) !== true) return null
  return message as LiveMessage
}

function parse(frame: unknown): Record<string, unknown> | null {
  if (typeof frame !== 'string') return null
  try {
    const value: unknown = JSON.parse(frame)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
