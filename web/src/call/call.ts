/** A video call as one person takes part in it: joins, stays joined, leaves. Knows no framework. */

import type { Device } from 'mediasoup-client/types'
import {
  type AnswerOf,
  type CloseReason,
  type DataOf,
  type JoinedCall,
  MEDIA_PATH,
  type Method,
  type Notification,
  type Source,
} from '../protocol/signalling'
import { RequestRefused, SocketClosed, type SocketLike } from '../protocol/signalling-socket'
import { backoffMs, InterruptibleWait } from './backoff'
import { CallChat } from './call-chat'
import { type CallState, type EndReason, INITIAL_STATE } from './call-state'
import { type JoinGrant, JoinRefused } from './join'
import type { LocalMedia } from './local-media'
import { MediaSession } from './media-session'
import { BrowserUnsupported } from './mediasoup'
import { Monitor } from './monitor'
import { applyNotification, fromInfo, withTrack } from './participants'
import { Store } from './store'

export interface CallDependencies {
  /** Asks the control plane for a new token. Rejects with `JoinRefused` or `JoinUnavailable`. */
  fetchGrant: () => Promise<JoinGrant>
  openSocket: (path: string) => SocketLike
  loadDevice: () => Promise<Device>
  /** Calls back when the network or the machine wakes up or changes; returns how to stop. */
  watchNetwork: (onChange: () => void) => () => void
  now: () => number
  random: () => number
  newId: () => string
}

/** After this long without a connection the person decides whether to go on. */
export const GIVE_UP_AFTER_MS = 90_000

const FINAL: Partial<Record<CloseReason, EndReason>> = {
  left: 'left',
  replaced: 'replaced',
  removed: 'removed',
  call_ended: 'call_over',
}

export class Call extends Store<CallState> {
  readonly chat: CallChat
  readonly #deps: CallDependencies
  readonly #media: LocalMedia
  readonly #wait = new InterruptibleWait()
  readonly #monitor: Monitor
  #session: MediaSession | null = null
  #stopWatching: (() => void)[] = []

  constructor(deps: CallDependencies, media: LocalMedia) {
    super(INITIAL_STATE)
    this.#deps = deps
    this.#media = media
    this.chat = new CallChat({
      log: () => this.state.chat,
      change: (next) => this.#change({ chat: next(this.state.chat) }),
      author: () => this.state.self,
      send: (line) => this.#request('sendChat', line),
      now: deps.now,
      newId: deps.newId,
    })
    this.#monitor = new Monitor((measured) => this.#change(measured))
  }

  /** Joins, and from then on comes back by itself. Resolves when connected or ended. */
  async join(): Promise<void> {
    if (this.state.phase !== 'idle') return
    this.#change({ phase: 'joining' })
    this.#stopWatching = [
      this.#media.subscribe(() => this.#publish()),
      this.#deps.watchNetwork(() => this.#networkChanged()),
    ]
    await this.#connect()
  }

  leave(): void {
    this.#say('leave')
    this.#end('left')
  }

  endForAll(): void {
    this.#say('endCall')
    this.#end('ended_by_staff')
  }

  /** The page has learnt that the call is over, while the media node could not be asked. */
  endedElsewhere(): void {
    if (this.state.phase !== 'idle') this.#end('call_over')
  }

  async #connect(): Promise<void> {
    const startedAtMs = this.#deps.now()
    while (this.#isOn()) {
      try {
        await this.#connectOnce()
        return
      } catch (error) {
        if (!this.#isOn()) return
        const reason = endReasonOf(error)
        const givenUp = this.#deps.now() - startedAtMs > GIVE_UP_AFTER_MS
        if (reason !== null || givenUp) return this.#end(reason ?? 'connection_lost')
        await this.#pauseBeforeRetry()
      }
    }
  }

  async #pauseBeforeRetry(): Promise<void> {
    const { attempts } = this.state
    this.#change({ attempts: attempts + 1 })
    await this.#wait.wait(backoffMs(attempts, this.#deps.random))
  }

  async #connectOnce(): Promise<void> {
    // The socket opens while the token is on its way: nodes wait some seconds for the first frame.
    const early = this.#deps.openSocket(MEDIA_PATH)
    try {
      const [grant, device] = await Promise.all([this.#fetchGrant(), this.#deps.loadDevice()])
      if (!this.#isOn()) return early.close()
      await this.#openSession(grant, device, this.#socketFor(grant, early))
    } catch (error) {
      early.close()
      throw error
    }
  }

  async #fetchGrant(): Promise<JoinGrant> {
    const grant = await this.#deps.fetchGrant()
    const { callId } = this.state
    if (callId !== null && callId !== grant.callId) throw new JoinRefused('call_over')
    this.#change({ callId: grant.callId, title: grant.title })
    return grant
  }

  #socketFor({ mediaPath }: JoinGrant, early: SocketLike): SocketLike {
    if (mediaPath === MEDIA_PATH) return early
    early.close()
    return this.#deps.openSocket(mediaPath)
  }

  async #openSession(grant: JoinGrant, device: Device, socket: SocketLike): Promise<void> {
    const session = this.#newSession(device, socket)
    this.#session = session
    try {
      await session.start(grant.token)
    } catch (error) {
      session.close()
      throw error
    }
    this.#change({ phase: 'connected', attempts: 0, joinedAtMs: this.state.joinedAtMs ?? this.#deps.now() })
    this.#monitor.start(session, () => this.state)
    this.#publish()
  }

  #newSession(device: Device, socket: SocketLike): MediaSession {
    const session: MediaSession = new MediaSession(device, socket, {
      onJoined: (joined) => this.#onJoined(joined),
      onNotification: (notification) => this.#onNotification(notification),
      onTrack: (consumerId, track) =>
        this.#change({ participants: withTrack(this.state.participants, consumerId, track) }),
      onUnpublished: (source) => this.#onUnpublished(source),
      onLost: (reason) => this.#onLost(session, reason),
    })
    return session
  }

  #onJoined(joined: JoinedCall): void {
    this.#change({
      self: joined.participant,
      participants: joined.participants.map(fromInfo),
      unpublished: [],
      remoteQuality: {},
      speaking: [],
    })
  }

  #onNotification(notification: Notification): void {
    if (notification.event === 'callEnded') {
      this.#end(notification.data.reason)
    } else if (notification.event === 'chat') {
      this.chat.receive(notification.data)
    } else {
      this.#change({ participants: applyNotification(this.state.participants, notification) })
    }
  }

  #onUnpublished(source: Source): void {
    this.#change({ unpublished: [...this.state.unpublished.filter((each) => each !== source), source] })
  }

  /** While a session is still starting, its `start` rejects and the retry loop goes on. */
  #onLost(session: MediaSession, reason: CloseReason): void {
    if (session !== this.#session || this.state.phase !== 'connected') return
    this.#monitor.stop()
    const final = FINAL[reason]
    if (final) this.#end(final)
    else void this.#reconnect()
  }

  async #reconnect(): Promise<void> {
    this.#change({ phase: 'reconnecting', quality: null, speaking: [] })
    await this.#connect()
  }

  #networkChanged(): void {
    this.#wait.interrupt()
    if (this.state.phase === 'connected') this.#session?.networkChanged()
  }

  #publish(): void {
    if (this.state.phase !== 'connected') return
    const { microphone, camera } = this.#media.state
    this.#session?.publish('microphone', { track: microphone.track, on: microphone.on })
    this.#session?.publish('camera', { track: camera.track, on: camera.on })
  }

  /** Said on the way out; the answer changes nothing any more. */
  #say(method: 'leave' | 'endCall'): void {
    this.#request(method, {}).catch(() => undefined)
  }

  #request<M extends Method>(method: M, data: DataOf<M>): Promise<AnswerOf<M>> {
    if (this.state.phase !== 'connected' || this.#session === null)
      return Promise.reject(new SocketClosed('lost'))
    return this.#session.request(method, data)
  }

  #end(reason: EndReason): void {
    if (this.state.phase === 'ended') return
    this.#change({
      phase: 'ended',
      endReason: reason,
      participants: [],
      chat: INITIAL_STATE.chat,
      speaking: [],
    })
    for (const stop of this.#stopWatching) stop()
    this.#monitor.stop()
    this.#wait.interrupt()
    this.#session?.close()
    this.#media.close()
  }

  #isOn(): boolean {
    return this.state.phase !== 'ended'
  }

  #change(changes: Partial<CallState>): void {
    this.update((state) => ({ ...state, ...changes }))
  }
}

/** The reason why it is of no use to try again, or null. */
function endReasonOf(error: unknown): EndReason | null {
  if (error instanceof JoinRefused) return error.reason
  if (error instanceof BrowserUnsupported) return 'unsupported'
  if (error instanceof SocketClosed) return FINAL[error.reason] ?? null
  if (error instanceof RequestRefused && error.code === 'forbidden') return 'not_admitted'
  return null
}
