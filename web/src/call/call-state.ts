/** What the call window shows. Plain data; the tracks in it are the browser's. */

import type { CallEndReason, Permission, Role, Source } from '../protocol/signalling'
import type { ChatLog } from './chat-log'
import { EMPTY_CHAT } from './chat-log'
import type { QualityLevel } from './quality'

/** `joining` before the first connection, `reconnecting` after one was lost. */
export type CallPhase = 'idle' | 'joining' | 'connected' | 'reconnecting' | 'ended'

export type EndReason =
  | 'left'
  | CallEndReason
  | 'call_over'
  | 'replaced'
  | 'removed'
  | 'not_admitted'
  | 'unsupported'
  | 'connection_lost'

export interface RemoteMedia {
  consumerId: string
  /** null until the browser has set up its receiver. */
  track: MediaStreamTrack | null
  paused: boolean
}

export interface RemoteParticipant {
  id: string
  name: string
  role: Role
  /** false while the person's connection is lost; the tile stays for a while. */
  connected: boolean
  media: Partial<Record<Source, RemoteMedia>>
}

export interface Self {
  id: string
  name: string
  role: Role
  permissions: readonly Permission[]
}

export interface CallState {
  phase: CallPhase
  endReason: EndReason | null
  callId: string | null
  title: string
  self: Self | null
  participants: readonly RemoteParticipant[]
  chat: ChatLog
  /** Own connection; null until it has been measured. */
  quality: QualityLevel | null
  /** By participant id: how well what they send arrives here. */
  remoteQuality: Readonly<Record<string, QualityLevel>>
  /** Participant ids, own included, that are heard now. */
  speaking: readonly string[]
  /** What the media server would not take from this browser. */
  unpublished: readonly Source[]
  joinedAtMs: number | null
  /** How many times connecting has been tried since it last succeeded. */
  attempts: number
}

export const INITIAL_STATE: CallState = {
  phase: 'idle',
  endReason: null,
  callId: null,
  title: '',
  self: null,
  participants: [],
  chat: EMPTY_CHAT,
  quality: null,
  remoteQuality: {},
  speaking: [],
  unpublished: [],
  joinedAtMs: null,
  attempts: 0,
}
