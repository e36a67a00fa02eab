/** The messages between the browser and a media node (docs/protocol.md §2). */

import type {
  DtlsParameters,
  IceCandidate,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
} from 'mediasoup-client/types'

export const SUBPROTOCOL = 'vardrum.media.v1'
/** Where every media node listens, on the pages' own origin. */
export const MEDIA_PATH = '/media'

export type Role = 'staff' | 'patient' | 'guest'
export type Source = 'microphone' | 'camera' | 'screen'
export type Permission =
  | 'publish_audio'
  | 'publish_video'
  | 'share_screen'
  | 'chat'
  | 'mute_others'
  | 'end_call'

export interface ProducerInfo {
  id: string
  kind: MediaKind
  source: Source
  paused: boolean
}

export interface ParticipantInfo {
  id: string
  name: string
  role: Role
  connected: boolean
  producers: ProducerInfo[]
}

export interface JoinedCall {
  participant: { id: string; name: string; role: Role; permissions: Permission[] }
  callId: string
  epoch: number
  routerRtpCapabilities: RtpCapabilities
  iceServers: RTCIceServer[]
  participants: ParticipantInfo[]
}

export interface CreatedTransport {
  id: string
  iceParameters: IceParameters
  iceCandidates: IceCandidate[]
  dtlsParameters: DtlsParameters
}

export interface NewConsumer {
  id: string
  participantId: string
  producerId: string
  kind: MediaKind
  source: Source
  rtpParameters: RtpParameters
  producerPaused: boolean
  /** How many sizes of the picture the publisher sends. */
  layers: number
}

export interface ChatLine {
  participantId: string
  name: string
  text: string
  clientId: string
  sentAtMs: number
}

/** The size that a picture is shown at, in device pixels; 0 x 0 is hidden. */
export interface View {
  width: number
  height: number
  pinned: boolean
}

/** What the own encoder suffers from. */
export type DeviceLimit = 'none' | 'cpu'

/** 1 bad - 5 excellent; null is not known yet. */
export type Score = 1 | 2 | 3 | 4 | 5 | null
export type QualityCause = 'uplink' | 'downlink' | 'device'

export interface ParticipantQuality {
  id: string
  up: Score
  down: Score
  /** Told to staff alone. */
  cause?: QualityCause | null
}

export type CallEndReason = 'ended_by_staff' | 'no_staff' | 'ended_by_control'
type Nothing = Record<string, never>

/** What each method takes and what its answer holds. */
export interface Methods {
  join: { data: { token: string }; answer: JoinedCall }
  createTransport: { data: { direction: 'send' | 'recv' }; answer: CreatedTransport }
  connectTransport: { data: { transportId: string; dtlsParameters: DtlsParameters }; answer: Nothing }
  restartIce: {
    data: { transportId: string }
    answer: { iceParameters: IceParameters; iceServers: RTCIceServer[] }
  }
  produce: {
    data: {
      transportId: string
      kind: MediaKind
      source: Source
      rtpParameters: RtpParameters
      paused: boolean
      /** Pixels of the full picture. */
      frameHeight?: number
    }
    answer: { id: string }
  }
  pauseProducer: { data: { producerId: string }; answer: Nothing }
  resumeProducer: { data: { producerId: string }; answer: Nothing }
  closeProducer: { data: { producerId: string }; answer: Nothing }
  subscribe: { data: { rtpCapabilities: RtpCapabilities }; answer: Nothing }
  resumeConsumer: { data: { consumerId: string }; answer: Nothing }
  pauseConsumer: { data: { consumerId: string }; answer: Nothing }
  setConsumerView: { data: { consumerId: string } & View; answer: Nothing }
  muteParticipant: { data: { participantId: string }; answer: Nothing }
  reportDevice: { data: { limitedBy: DeviceLimit }; answer: Nothing }
  sendChat: { data: { text: string; clientId: string }; answer: Nothing }
  endCall: { data: Nothing; answer: Nothing }
  leave: { data: Nothing; answer: Nothing }
}

export type Method = keyof Methods
export type DataOf<M extends Method> = Methods[M]['data']
export type AnswerOf<M extends Method> = Methods[M]['answer']

interface PausedOrResumed {
  participantId: string
  producerId: string
  kind: MediaKind
  source: Source
}

interface ConsumerHeld {
  consumerId: string
  reason: 'bandwidth'
}

export interface Events {
  participantJoined: ParticipantInfo
  participantUpdated: { id: string; connected: boolean }
  participantLeft: { id: string; reason: 'left' | 'lost' | 'removed' }
  newConsumer: NewConsumer
  consumerClosed: { consumerId: string }
  consumerPaused: ConsumerHeld
  consumerResumed: ConsumerHeld
  consumerLayer: { consumerId: string; layer: number }
  producerPaused: PausedOrResumed & { byParticipantId?: string }
  producerResumed: PausedOrResumed
  muted: { producerId: string; byParticipantId: string; byName: string }
  activeSpeaker: { participantId: string | null }
  connectionQuality: { participants: ParticipantQuality[] }
  moveRequested: { deadlineMs: number }
  chat: ChatLine
  callEnded: { reason: CallEndReason }
}

export type Notification = { [E in keyof Events]: { event: E; data: Events[E] } }[keyof Events]

export type ErrorCode = 'bad_request' | 'forbidden' | 'not_found' | 'conflict' | 'too_many'

export type Answer =
  | { id: number; ok: true; data: unknown }
  | { id: number; ok: false; error: { code: ErrorCode; message: string } }

export type Incoming =
  | { type: 'answer'; answer: Answer }
  | { type: 'notification'; notification: Notification }

/** Why the server, or the network, closed the socket. */
export type CloseReason =
  | 'left'
  | 'node_restarts'
  | 'malformed'
  | 'token_refused'
  | 'no_join_in_time'
  | 'replaced'
  | 'call_ended'
  | 'frame_too_large'
  | 'too_many_requests'
  | 'removed'
  | 'lost'

const CLOSE_REASONS: Readonly<Record<number, CloseReason>> = {
  1000: 'left',
  1012: 'node_restarts',
  4400: 'malformed',
  4401: 'token_refused',
  4408: 'no_join_in_time',
  4409: 'replaced',
  4410: 'call_ended',
  4413: 'frame_too_large',
  4429: 'too_many_requests',
  4430: 'removed',
}

/** Every code that is not one of ours (1001, 1006, a proxy's) means that the connection was lost. */
export function closeReason(code: number): CloseReason {
  return CLOSE_REASONS[code] ?? 'lost'
}

const EVENTS: ReadonlySet<string> = new Set<keyof Events>([
  'participantJoined',
  'participantUpdated',
  'participantLeft',
  'newConsumer',
  'consumerClosed',
  'consumerPaused',
  'consumerResumed',
  'consumerLayer',
  'producerPaused',
  'producerResumed',
  'muted',
  'activeSpeaker',
  'connectionQuality',
  'moveRequested',
  'chat',
  'callEnded',
])

export function encodeRequest<M extends Method>(id: number, method: M, data: DataOf<M>): string {
  return JSON.stringify({ id, method, data })
}

/** Reads one text frame of the server; null for what this version does not know (a newer server's event). */
export function parseFrame(text: string): Incoming | null {
  const frame = parseObject(text)
  if (frame === null) return null
  if (isAnswer(frame)) return { type: 'answer', answer: frame }
  if (isNotification(frame)) return { type: 'notification', notification: frame }
  return null
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isAnswer(frame: unknown): frame is Answer {
  if (!isRecord(frame) || typeof frame.id !== 'number') return false
  if (frame.ok === true) return isRecord(frame.data)
  return frame.ok === false && isRecord(frame.error) && typeof frame.error.code === 'string'
}

function isNotification(frame: unknown): frame is Notification {
  return isRecord(frame) && typeof frame.event === 'string' && EVENTS.has(frame.event) && isRecord(frame.data)
}
