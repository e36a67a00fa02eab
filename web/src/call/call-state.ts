/** What the call window shows. Plain data; the tracks in it are the browser's. */

import type { MediaKind } from 'mediasoup-client/types'
import type { CallEndReason, ParticipantQuality, Permission, Role, Source } from '../protocol/signalling'
import type { ChatLog } from './chat-log'
import { EMPTY_CHAT } from './chat-log'

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
  producerId: string
  /** What the producer was called before the call moved to another node: the same share as then. */
  key?: string
  kind: MediaKind
  /** null until the browser has set up its receiver. */
  track: MediaStreamTrack | null
  /** By who sends it, or muted by staff. */
  paused: boolean
  /** The node does not send it for now: this person's connection has no room for it. */
  held: boolean
}

export interface RemoteParticipant {
  id: string
  name: string
  role: Role
  /** false while the person's connection is lost; the tile stays for a while. */
  connected: boolean
  media: Partial<Record<Exclude<Source, 'screen'>, RemoteMedia>>
  /** Shared screens in the order they came, and what they play. */
  screens: readonly RemoteMedia[]
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
  /** By participant id, own included: how well the node hears from them and reaches them. */
  qualities: Readonly<Record<string, ParticipantQuality>>
  /** Participant id, maybe the own, of who is heard now. */
  speaker: string | null
  /** Name of the staff who muted this person, until the microphone is on again. */
  mutedBy: string | null
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
  qualities: {},
  speaker: null,
  mutedBy: null,
  unpublished: [],
  joinedAtMs: null,
  attempts: 0,
}
