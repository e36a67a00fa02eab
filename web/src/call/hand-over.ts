/** The call moves to another media node: a second connection beside the first, until nothing would be missed. */

import type { DataOf, JoinedCall, Method, Notification } from '../protocol/signalling'
import { SocketClosed } from '../protocol/signalling-socket'
import { backoffMs, InterruptibleWait } from './backoff'
import type { RemoteParticipant } from './call-state'
import { endReasonOf } from './end-reason'
import type { JoinGrant } from './join'
import type { MediaSession } from './media-session'
import { mediaOf, withTrack } from './participants'
import { applyToView, hasArrived, inPlaceOf, type SessionView, viewOf } from './session-view'

/** For the others to arrive too. Longer, and two of every picture are sent for too long. */
export const ARRIVAL_MS = 20_000
/** Before the old node ends, so that the change is ours to choose. */
const MARGIN_MS = 5_000
/** The old connection goes on for those who change a little later. */
export const LINGER_MS = 3_000

export interface HandOverPort {
  /** Of the connection that is to be replaced. */
  epoch: () => number
  fetchGrant: () => Promise<JoinGrant>
  /** A session for the grant that has not been started; what comes of it is told to `joined`, `receive`, `track`, `lost`. */
  open: (grant: JoinGrant) => Promise<MediaSession>
  publish: (session: MediaSession) => void
  /** Resolves when the track has given its first picture or sound. */
  whenFlowing: (track: MediaStreamTrack) => Promise<void>
  /** What is shown now, from the old connection. */
  shown: () => readonly RemoteParticipant[]
  /** From here on the new connection is the call's. */
  takeOver: (session: MediaSession, view: SessionView) => void
  /** The next node knows that the call has ended, though the former has not been told. */
  callOver: () => void
  now: () => number
  random: () => number
}

/** The control plane knows of no other node yet. */
class NowhereToGo extends Error {}

export class HandOver {
  readonly #port: HandOverPort
  readonly #endsAtMs: number
  readonly #wait = new InterruptibleWait()
  #session: MediaSession | null = null
  #view: SessionView | null = null
  #flowing = new Set<string>()
  #decide: { arrived: () => void; failed: (error: Error) => void } | null = null
  #done = false

  /** `deadlineMs` from now the old node ends. */
  constructor(port: HandOverPort, deadlineMs: number) {
    this.#port = port
    this.#endsAtMs = port.now() + deadlineMs - MARGIN_MS
  }

  /** Tries until it has worked, or the old node is about to end: then the call comes back as after any loss. */
  async run(): Promise<void> {
    for (let attempt = 0; !this.#done && this.#port.now() < this.#endsAtMs; attempt++) {
      try {
        await this.#tryOnce()
        return
      } catch (error) {
        if (!this.#done && endReasonOf(error) === 'call_over') return this.#port.callOver()
        // Whatever else it was, the old connection still carries the call.
        this.#forget()
        if (!this.#done) await this.#wait.wait(backoffMs(attempt, this.#port.random))
      }
    }
  }

  /** Whether these are the news of the new connection. */
  owns(session: MediaSession): boolean {
    return session === this.#session
  }

  joined(joined: JoinedCall): void {
    this.#view = viewOf(joined)
  }

  receive(notification: Notification): void {
    if (this.#view === null) return
    // A node that is itself about to end is no place to go to.
    if (notification.event === 'moveRequested') this.lost()
    else this.#view = applyToView(this.#view, notification)
    this.check()
  }

  track(consumerId: string, track: MediaStreamTrack): void {
    if (this.#view === null) return
    this.#view = { ...this.#view, participants: withTrack(this.#view.participants, consumerId, track) }
    const flowing = this.#flowing
    void this.#port.whenFlowing(track).then(() => {
      flowing.add(consumerId)
      this.check()
    })
  }

  lost(): void {
    this.#decide?.failed(new SocketClosed('lost'))
  }

  /** The old node's word of someone's going means no more than that they have moved, if they are on the new one. */
  knowsBetter(notification: Notification): boolean {
    const who = whoGoes(notification, this.#port.shown())
    return this.#view?.participants.some(({ id }) => id === who) ?? false
  }

  /** To be asked again when what is shown has changed. */
  check(): void {
    if (this.#view === null || this.#decide === null) return
    const flows = (id: string) => this.#flowing.has(id)
    if (hasArrived(this.#port.shown(), this.#view.participants, flows)) this.#decide.arrived()
  }

  /** The old connection is gone: changes now if that is possible at all. */
  hurry(): boolean {
    if (this.#decide === null) return false
    this.#decide.arrived()
    return true
  }

  /** What the former node is told while the call moves, the next one is told too. */
  say<M extends Method>(method: M, data: DataOf<M>): void {
    this.#session?.request(method, data).catch(() => undefined)
  }

  publish(): void {
    if (this.#decide !== null && this.#session !== null) this.#port.publish(this.#session)
  }

  stop(): void {
    if (this.#done) return
    this.#done = true
    this.#wait.interrupt()
    this.#decide?.failed(new SocketClosed('left'))
    this.#forget()
  }

  async #tryOnce(): Promise<void> {
    const grant = await this.#port.fetchGrant()
    if (grant.epoch <= this.#port.epoch()) throw new NowhereToGo()
    const session = await this.#port.open(grant)
    if (this.#done) return session.close()
    this.#session = session
    await session.start(grant.token)
    await this.#arrival(session)
    const view = this.#view
    if (this.#done || view === null) return
    this.#done = true
    this.#port.takeOver(session, { ...view, participants: inPlaceOf(this.#port.shown(), view.participants) })
  }

  /** Resolves when all have arrived, or have had the time to. Rejects when the new connection is lost. */
  async #arrival(session: MediaSession): Promise<void> {
    const longestMs = Math.max(0, Math.min(ARRIVAL_MS, this.#endsAtMs - this.#port.now()))
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      await new Promise<void>((arrived, failed) => {
        this.#decide = { arrived, failed }
        timer = setTimeout(arrived, longestMs)
        this.#port.publish(session)
        this.check()
      })
    } finally {
      clearTimeout(timer)
      this.#decide = null
    }
  }

  #forget(): void {
    this.#session?.close()
    this.#session = null
    this.#view = null
    this.#flowing = new Set()
  }
}

/** The participant that a notification takes away or takes something of, if it does. */
function whoGoes({ event, data }: Notification, shown: readonly RemoteParticipant[]): string | undefined {
  if (event === 'participantLeft' || event === 'participantUpdated') return data.id
  if (event !== 'consumerClosed') return undefined
  return shown.find((each) => mediaOf(each).some(({ consumerId }) => consumerId === data.consumerId))?.id
}
