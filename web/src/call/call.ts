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
  type ParticipantQuality,
  type Source,
} from '../protocol/signalling'
import { RequestRefused, SocketClosed, type SocketLike } from '../protocol/signalling-socket'
import { backoffMs, InterruptibleWait } from './backoff'
import { CallChat } from './call-chat'
import { type CallState, type EndReason, INITIAL_STATE, type RemoteParticipant } from './call-state'
import { DeviceWatch } from './device-watch'
import { type JoinGrant, JoinRefused } from './join'
import type { LocalMedia } from './local-media'
import { MediaSession, type Publication } from './media-session'
import { BrowserUnsupported } from './mediasoup'
import { applyNotification, fromInfo, picturesOf, withTrack } from './participants'
import { type OwnShare, ScreenShares } from './screen-shares'
import { Store } from './store'
import { ViewReporter } from './view-reporter'

export interface CallDependencies {
  /** Asks the control plane for a new token. Rejects with `JoinRefused` or `JoinUnavailable`. */
  fetchGrant: () => Promise<JoinGrant>
  openSocket: (path: string) => SocketLike
  loadDevice: () => Promise<Device>
  /** Asks the person what of the screen to share. */
  captureScreen: () => Promise<MediaStream>
  /** Calls back when the network or the machine wakes up or changes; returns how to stop. */
  watchNetwork: (onChange: () => void) => () => void
  now: () => number
  random: () => number
  newId: () => string
}

/** After this long without a connection the person decides whether to go on. */
export const GIVE_UP_AFTER_MS = 90_000

/** Without `left`: who leaves has ended the call already, and Firefox says the same when the page is reloaded. */
const FINAL: Partial<Record<CloseReason, EndReason>> = {
  replaced: 'replaced',
  removed: 'removed',
  call_ended: 'call_over',
}

export class Call extends Store<CallState> {
  readonly chat: CallChat
  readonly screens: ScreenShares
  /** What of the others is shown, and how large. */
  readonly views: ViewReporter
  readonly #deps: CallDependencies
  readonly #media: LocalMedia
  readonly #wait = new InterruptibleWait()
  readonly #deviceWatch: DeviceWatch
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
    this.screens = new ScreenShares({ capture: deps.captureScreen, newId: deps.newId })
    this.views = new ViewReporter((consumerId, view) =>
      this.#request('setConsumerView', { consumerId, ...view }),
    )
    this.#deviceWatch = new DeviceWatch((limitedBy) => this.#say('reportDevice', { limitedBy }))
  }

  /** Joins, and from then on comes back by itself. Resolves when connected or ended. */
  async join(): Promise<void> {
    if (this.state.phase !== 'idle') return
    this.#change({ phase: 'joining' })
    this.#stopWatching = [
      this.#media.subscribe(() => this.#publish()),
      this.screens.subscribe(() => this.#publish()),
      this.#deps.watchNetwork(() => this.#networkChanged()),
    ]
    await this.#connect()
  }

  leave(): void {
    this.#say('leave', {})
    this.#end('left')
  }

  endForAll(): void {
    this.#say('endCall', {})
    this.#end('ended_by_staff')
  }

  /** Staff only: only the muted person can turn the microphone on again. */
  muteParticipant(participantId: string): void {
    this.#say('muteParticipant', { participantId })
  }

  /** Shows a picture that the connection has no room for, in its smallest form, for some seconds at least. */
  showHeld(consumerId: string): void {
    this.#say('resumeConsumer', { consumerId })
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
    this.#deviceWatch.start(session)
    this.#publish()
  }

  #newSession(device: Device, socket: SocketLike): MediaSession {
    const session: MediaSession = new MediaSession(device, socket, {
      onJoined: (joined) => this.#onJoined(joined),
      onNotification: (notification) => this.#onNotification(notification),
      onTrack: (consumerId, track) =>
        this.#changePeople(withTrack(this.state.participants, consumerId, track)),
      onUnpublished: (source) => this.#onUnpublished(source),
      onLost: (reason) => this.#onLost(session, reason),
    })
    return session
  }

  #onJoined(joined: JoinedCall): void {
    this.#change({ self: joined.participant, unpublished: [], qualities: {}, speaker: null })
    this.#changePeople(joined.participants.map(fromInfo))
  }

  #onNotification(notification: Notification): void {
    const { event, data } = notification
    if (event === 'callEnded') this.#end(data.reason)
    else if (event === 'chat') this.chat.receive(data)
    else if (event === 'activeSpeaker') this.#change({ speaker: data.participantId })
    else if (event === 'connectionQuality') this.#onQuality(data.participants)
    else if (event === 'muted') this.#onMuted(data.byName)
    else this.#changePeople(applyNotification(this.state.participants, notification))
  }

  /** Off here too, so that nothing turns it on again by itself. */
  #onMuted(byName: string): void {
    this.#change({ mutedBy: byName })
    void this.#media.setOn('microphone', false)
  }

  /** Only those are told whose quality has changed. */
  #onQuality(measured: readonly ParticipantQuality[]): void {
    const changed = Object.fromEntries(measured.map((each) => [each.id, each]))
    this.#change({ qualities: { ...this.state.qualities, ...changed } })
  }

  #onUnpublished(source: Source): void {
    if (source === 'screen') this.screens.stopAll()
    this.#change({ unpublished: [...this.state.unpublished.filter((each) => each !== source), source] })
  }

  /** While a session is still starting, its `start` rejects and the retry loop goes on. */
  #onLost(session: MediaSession, reason: CloseReason): void {
    if (session !== this.#session || this.state.phase !== 'connected') return
    this.#deviceWatch.stop()
    const final = FINAL[reason]
    if (final) this.#end(final)
    else void this.#reconnect()
  }

  async #reconnect(): Promise<void> {
    this.#change({ phase: 'reconnecting', qualities: {}, speaker: null })
    await this.#connect()
  }

  #networkChanged(): void {
    this.#wait.interrupt()
    if (this.state.phase === 'connected') this.#session?.networkChanged()
  }

  #publish(): void {
    if (this.state.phase !== 'connected') return
    const { microphone, camera } = this.#media.state
    if (microphone.on && this.state.mutedBy !== null) this.#change({ mutedBy: null })
    this.#session?.publish([
      { key: 'microphone', source: 'microphone', track: microphone.track, on: microphone.on },
      { key: 'camera', source: 'camera', track: camera.track, on: camera.on },
      ...this.screens.state.flatMap(ofShare),
    ])
  }

  /** Said without waiting: what comes of it, the node tells by an event. */
  #say<M extends Method>(method: M, data: DataOf<M>): void {
    this.#request(method, data).catch(() => undefined)
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
      speaker: null,
    })
    for (const stop of this.#stopWatching) stop()
    this.#deviceWatch.stop()
    this.views.stop()
    this.#wait.interrupt()
    this.#session?.close()
    this.screens.close()
    this.#media.close()
  }

  #isOn(): boolean {
    return this.state.phase !== 'ended'
  }

  #changePeople(participants: readonly RemoteParticipant[]): void {
    this.#change({ participants })
    this.views.follow(picturesOf(participants).map(({ consumerId }) => consumerId))
  }

  #change(changes: Partial<CallState>): void {
    this.update((state) => ({ ...state, ...changes }))
  }
}

function ofShare({ id, picture, sound }: OwnShare): Publication[] {
  const shared: Publication[] = [{ key: id, source: 'screen', track: picture, on: true }]
  if (sound !== null) shared.push({ key: `${id} sound`, source: 'screen', track: sound, on: true })
  return shared
}

/** The reason why it is of no use to try again, or null. */
function endReasonOf(error: unknown): EndReason | null {
  if (error instanceof JoinRefused) return error.reason
  if (error instanceof BrowserUnsupported) return 'unsupported'
  if (error instanceof SocketClosed) return FINAL[error.reason] ?? null
  if (error instanceof RequestRefused && error.code === 'forbidden') return 'not_admitted'
  return null
}
