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
import { SocketClosed, type SocketLike } from '../protocol/signalling-socket'
import { backoffMs, InterruptibleWait } from './backoff'
import { CallChat } from './call-chat'
import { type CallState, type EndReason, INITIAL_STATE, type RemoteParticipant } from './call-state'
import { DeviceWatch } from './device-watch'
import { endReasonOf, FINAL } from './end-reason'
import { HandOver, LINGER_MS } from './hand-over'
import { type FetchGrant, type JoinGrant, JoinRefused } from './join'
import type { LocalMedia } from './local-media'
import { MediaSession, type Publication } from './media-session'
import { applyNotification, fromInfo, picturesOf, withTrack } from './participants'
import { publicationsOf } from './publications'
import { ScreenShares } from './screen-shares'
import { type SessionView, withQualities } from './session-view'
import { Store } from './store'
import { ViewReporter } from './view-reporter'

export interface CallDependencies {
  fetchGrant: FetchGrant
  openSocket: (path: string) => SocketLike
  loadDevice: () => Promise<Device>
  /** Asks the person what of the screen to share. */
  captureScreen: () => Promise<MediaStream>
  /** Resolves when a received track gives its first picture, or sound. */
  whenFlowing: (track: MediaStreamTrack) => Promise<void>
  /** Calls back when the network or the machine wakes up or changes; returns how to stop. */
  watchNetwork: (onChange: () => void) => () => void
  now: () => number
  random: () => number
  newId: () => string
}

/** After this long without a connection the person decides whether to go on. */
export const GIVE_UP_AFTER_MS = 90_000

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
  #handOver: HandOver | null = null
  /** The connection before the call moved, until it is left. */
  #former: MediaSession | null = null
  #leaveTimer: ReturnType<typeof setTimeout> | undefined
  /** Of the connection that the call has, or had last. */
  #epoch = 0
  #lostEpoch: number | undefined
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
    this.#handOver?.say('leave', {})
    this.#end('left')
  }

  endForAll(): void {
    this.#sayOnAll('endCall', {})
    this.#end('ended_by_staff')
  }

  /** Staff only: only the muted person can turn the microphone on again. */
  muteParticipant(participantId: string): void {
    this.#sayOnAll('muteParticipant', { participantId })
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
      const [grant, device] = await Promise.all([this.#fetchGrant(this.#lostEpoch), this.#deps.loadDevice()])
      if (!this.#isOn()) return early.close()
      await this.#openSession(grant, device, this.#socketFor(grant, early))
    } catch (error) {
      early.close()
      throw error
    }
  }

  async #fetchGrant(lostEpoch?: number): Promise<JoinGrant> {
    const grant = await this.#deps.fetchGrant(lostEpoch)
    const { callId } = this.state
    if (callId !== null && callId !== grant.callId) throw new JoinRefused('call_over')
    this.#change({ callId: grant.callId, title: grant.title })
    return grant
  }

  #socketFor({ mediaPath }: JoinGrant, early: SocketLike): SocketLike {
    if (mediaPath === MEDIA_PATH && early.readyState <= WebSocket.OPEN) return early
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
      this.#lostEpoch = grant.epoch
      throw error
    }
    this.#lostEpoch = undefined
    this.#change({ phase: 'connected', attempts: 0, joinedAtMs: this.state.joinedAtMs ?? this.#deps.now() })
    this.#deviceWatch.start(session)
    this.#publish()
  }

  #newSession(device: Device, socket: SocketLike): MediaSession {
    const session: MediaSession = new MediaSession(device, socket, {
      onJoined: (joined) => this.#onJoined(session, joined),
      onNotification: (notification) => this.#onNotification(session, notification),
      onTrack: (consumerId, track) => this.#onTrack(session, consumerId, track),
      onUnpublished: (source) => this.#onUnpublished(source),
      onLost: (reason) => this.#onLost(session, reason),
    })
    return session
  }

  #onJoined(session: MediaSession, joined: JoinedCall): void {
    if (this.#handOver?.owns(session)) {
      this.#handOver.joined(joined)
      return
    }
    this.#epoch = joined.epoch
    this.#change({ self: joined.participant, unpublished: [], qualities: {}, speaker: null })
    this.#changePeople(joined.participants.map(fromInfo))
  }

  #onTrack(session: MediaSession, consumerId: string, track: MediaStreamTrack): void {
    if (this.#handOver?.owns(session)) this.#handOver.track(consumerId, track)
    else if (session === this.#session)
      this.#changePeople(withTrack(this.state.participants, consumerId, track))
  }

  #onNotification(session: MediaSession, notification: Notification): void {
    const { event, data } = notification
    if (event === 'callEnded') this.#end(data.reason)
    else if (event === 'chat') this.chat.receive(data)
    else if (event === 'muted') this.#onMuted(data.byName)
    else if (this.#handOver?.owns(session)) this.#onNewsOfNext(this.#handOver, notification)
    else if (session === this.#session) this.#onNews(notification)
  }

  #onNews(notification: Notification): void {
    const { event, data } = notification
    if (event === 'moveRequested') this.#move(data.deadlineMs)
    else if (this.#handOver?.knowsBetter(notification)) this.#handOver.check()
    else if (event === 'activeSpeaker') this.#change({ speaker: data.participantId })
    else if (event === 'connectionQuality')
      this.#change({ qualities: withQualities(this.state.qualities, data.participants) })
    else this.#changePeople(applyNotification(this.state.participants, notification))
  }

  /** Who leaves the next node, whether or not they are still on this one, leaves the call. */
  #onNewsOfNext(handOver: HandOver, notification: Notification): void {
    handOver.receive(notification)
    if (notification.event === 'participantLeft')
      this.#changePeople(applyNotification(this.state.participants, notification))
  }

  // -- moving to another node

  #move(deadlineMs: number): void {
    if (this.#handOver !== null) return
    const handOver = new HandOver(
      {
        epoch: () => this.#epoch,
        fetchGrant: () => this.#fetchGrant(),
        open: async ({ mediaPath }) =>
          this.#newSession(await this.#deps.loadDevice(), this.#deps.openSocket(mediaPath)),
        publish: (session) => session.publish(this.#publications()),
        whenFlowing: this.#deps.whenFlowing,
        shown: () => this.state.participants,
        takeOver: (session, view) => this.#takeOver(session, view),
        callOver: () => this.#end('call_over'),
        now: this.#deps.now,
        random: this.#deps.random,
      },
      deadlineMs,
    )
    this.#handOver = handOver
    void handOver.run().finally(() => {
      if (this.#handOver === handOver) this.#handOver = null
    })
  }

  /** What is shown changes in one step; the former connection goes on for a while, for those who change later. */
  #takeOver(session: MediaSession, { self, epoch, participants, qualities, speaker }: SessionView): void {
    this.#leaveFormer()
    this.#former = this.#session
    this.#leaveTimer = setTimeout(() => this.#leaveFormer(), LINGER_MS)
    this.#handOver = null
    this.#session = session
    this.#epoch = epoch
    this.#change({
      self,
      qualities: { ...this.state.qualities, ...qualities },
      speaker: speaker === undefined ? this.state.speaker : speaker,
    })
    this.#changePeople(participants)
    this.#deviceWatch.start(session)
  }

  #leaveFormer(): void {
    clearTimeout(this.#leaveTimer)
    this.#former?.request('leave', {}).catch(() => undefined)
    this.#former?.close()
    this.#former = null
  }

  #stopMoving(): void {
    this.#handOver?.stop()
    this.#handOver = null
    this.#leaveFormer()
  }

  /** Off here too, so that nothing turns it on again by itself. */
  #onMuted(byName: string): void {
    this.#change({ mutedBy: byName })
    void this.#media.setOn('microphone', false)
  }

  #onUnpublished(source: Source): void {
    if (source === 'screen') this.screens.stopAll()
    this.#change({ unpublished: [...this.state.unpublished.filter((each) => each !== source), source] })
  }

  /** While a session is still starting, its `start` rejects and the retry loop goes on. */
  #onLost(session: MediaSession, reason: CloseReason): void {
    if (this.#handOver?.owns(session)) this.#handOver.lost()
    if (session !== this.#session || this.state.phase !== 'connected') return
    const final = FINAL[reason]
    if (final) this.#end(final)
    else if (!this.#handOver?.hurry()) void this.#reconnect()
  }

  async #reconnect(): Promise<void> {
    this.#stopMoving()
    this.#deviceWatch.stop()
    this.#lostEpoch = this.#epoch
    this.#change({ phase: 'reconnecting', qualities: {}, speaker: null })
    await this.#connect()
  }

  #networkChanged(): void {
    this.#wait.interrupt()
    if (this.state.phase === 'connected') this.#session?.networkChanged()
  }

  #publish(): void {
    if (this.state.phase !== 'connected') return
    const { microphone } = this.#media.state
    if (microphone.on && this.state.mutedBy !== null) this.#change({ mutedBy: null })
    this.#session?.publish(this.#publications())
    this.#handOver?.publish()
  }

  #publications(): Publication[] {
    return publicationsOf(this.#media.state, this.screens.state)
  }

  /** Said without waiting: what comes of it, the node tells by an event. */
  #say<M extends Method>(method: M, data: DataOf<M>): void {
    this.#request(method, data).catch(() => undefined)
  }

  /** The same to each node: while the call moves, some are on the one and some on the other. */
  #sayOnAll<M extends Method>(method: M, data: DataOf<M>): void {
    this.#say(method, data)
    this.#former?.request(method, data).catch(() => undefined)
    this.#handOver?.say(method, data)
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
    this.#stopMoving()
    this.#session?.close()
    this.screens.close()
    this.#media.close()
  }

  #isOn(): boolean {
    return this.state.phase !== 'ended'
  }

  #changePeople(participants: readonly RemoteParticipant[]): void {
    this.#change({ participants })
    this.#handOver?.check()
    this.views.follow(picturesOf(participants).map(({ consumerId }) => consumerId))
  }

  #change(changes: Partial<CallState>): void {
    this.update((state) => ({ ...state, ...changes }))
  }
}
