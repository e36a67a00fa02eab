/** One connection to the media node: socket, transports, producers and consumers, from join to loss. */

import type { Device, Producer, Transport } from 'mediasoup-client/types'
import type {
  AnswerOf,
  CloseReason,
  CreatedTransport,
  DataOf,
  JoinedCall,
  Method,
  NewConsumer,
  Notification,
  Source,
} from '../protocol/signalling'
import { RequestRefused, SignallingSocket, type SocketLike } from '../protocol/signalling-socket'
import { encodingFor, frameHeight, hint } from './encodings'
import { IceRecovery } from './ice-recovery'
import { Publisher, type Wanted } from './publisher'

export interface SessionHandlers {
  onJoined: (joined: JoinedCall) => void
  onNotification: (notification: Notification) => void
  onTrack: (consumerId: string, track: MediaStreamTrack) => void
  onUnpublished: (source: Source) => void
  /** Once, when the connection is of no more use. */
  onLost: (reason: CloseReason) => void
}

/** One own stream as it should be sent; `key` tells several of one source apart. */
export interface Publication extends Wanted {
  key: string
  source: Source
}

export class MediaSession {
  readonly #device: Device
  readonly #signalling: SignallingSocket
  readonly #handlers: SessionHandlers
  readonly #publishers = new Map<string, Publisher>()
  readonly #closedConsumers = new Set<string>()
  readonly #closers = new Map<string, () => void>()
  #recoveries: IceRecovery[] = []
  #send: Transport | null = null
  #receive: Transport | null = null
  #ended = false

  /** `device` is fresh: it takes on the capabilities of the node that answers. */
  constructor(device: Device, socket: SocketLike, handlers: SessionHandlers) {
    this.#device = device
    this.#handlers = handlers
    this.#signalling = new SignallingSocket(socket, {
      onNotification: (notification) => this.#onNotification(notification),
      onClose: (reason) => this.#lose(reason),
    })
  }

  /**
   * Joins and subscribes. Everything that needs no answer of another request goes out in one go.
   *
   * @throws {SignallingError} the node refused or was lost
   */
  async start(token: string): Promise<void> {
    const joining = this.request('join', { token })
    const transports = Promise.all([
      this.request('createTransport', { direction: 'send' }),
      this.request('createTransport', { direction: 'recv' }),
    ])
    transports.catch(() => undefined)
    const joined = await joining
    // At once: what the node tells next is told on top of this.
    this.#handlers.onJoined(joined)
    await this.#device.load({ routerRtpCapabilities: joined.routerRtpCapabilities })
    const [send, receive] = await transports
    this.#receive = this.#open('recv', receive, joined.iceServers)
    this.#send = this.#open('send', send, joined.iceServers)
    await this.request('subscribe', { rtpCapabilities: this.#device.recvRtpCapabilities })
  }

  /** All that should be sent from now on; what is not among it ends. Before `start` is done this has no effect. */
  publish(publications: readonly Publication[]): void {
    const send = this.#send
    if (send === null || this.#ended) return
    for (const [key, publisher] of this.#publishers)
      if (!publications.some((each) => each.key === key)) this.#endPublisher(key, publisher)
    for (const { key, source, track, on } of publications) {
      if (track !== null) hint(source, track)
      const publisher = this.#publishers.get(key) ?? this.#addPublisher(key, source, send)
      publisher.want({ track, on })
    }
  }

  request<M extends Method>(method: M, data: DataOf<M>): Promise<AnswerOf<M>> {
    return this.#signalling.request(method, data)
  }

  networkChanged(): void {
    for (const recovery of this.#recoveries) recovery.networkChanged()
  }

  async sendStats(): Promise<RTCStatsReport | null> {
    return this.#send === null || this.#send.closed ? null : this.#send.getStats()
  }

  /** Leaves nothing behind; `onLost` is not called any more. */
  close(): void {
    this.#ended = true
    for (const recovery of this.#recoveries) recovery.stop()
    for (const publisher of this.#publishers.values()) publisher.stop()
    this.#send?.close()
    this.#receive?.close()
    this.#signalling.close()
  }

  #open(direction: 'send' | 'recv', created: CreatedTransport, iceServers: RTCIceServer[]): Transport {
    const options = { ...created, iceServers }
    const transport =
      direction === 'send'
        ? this.#device.createSendTransport(options)
        : this.#device.createRecvTransport(options)
    // The library waits for the callback. The server takes frames in order, so there is no need to wait for its answer.
    transport.on('connect', ({ dtlsParameters }, callback) => {
      this.#requireAnswer(this.request('connectTransport', { transportId: created.id, dtlsParameters }))
      callback()
    })
    transport.on('produce', ({ kind, rtpParameters, appData }, callback, errback) => {
      const asked = appData as { source: Source; paused: boolean; frameHeight?: number }
      this.request('produce', { transportId: created.id, kind, rtpParameters, ...asked }).then(
        callback,
        errback,
      )
    })
    const restart = () => this.#restartIce(transport)
    this.#recoveries.push(new IceRecovery(transport, restart, () => this.#lose('lost')))
    return transport
  }

  async #restartIce(transport: Transport): Promise<void> {
    const { iceParameters, iceServers } = await this.request('restartIce', { transportId: transport.id })
    // The credentials that came with the join may have ended by now.
    await transport.updateIceServers({ iceServers })
    await transport.restartIce({ iceParameters })
  }

  #addPublisher(key: string, source: Source, send: Transport): Publisher {
    const publisher = new Publisher({
      produce: (track, paused) => this.#produce(send, source, track, paused),
      pause: (producerId) => this.request('pauseProducer', { producerId }),
      resume: (producerId) => this.request('resumeProducer', { producerId }),
      close: (producerId) => this.request('closeProducer', { producerId }),
      refused: () => this.#handlers.onUnpublished(source),
      failed: () => this.#lose('lost'),
    })
    this.#publishers.set(key, publisher)
    return publisher
  }

  #endPublisher(key: string, publisher: Publisher): void {
    publisher.end()
    this.#publishers.delete(key)
  }

  /** The tracks belong to the local media, which alone stops and mutes them. */
  async #produce(
    send: Transport,
    source: Source,
    track: MediaStreamTrack,
    paused: boolean,
  ): Promise<Producer> {
    const height = frameHeight(track)
    const producer = await send.produce({
      track,
      ...encodingFor(source, track, this.#device),
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, paused, ...(height !== undefined && { frameHeight: height }) },
    })
    if (paused) producer.pause()
    return producer
  }

  #onNotification(notification: Notification): void {
    if (this.#ended) return
    this.#handlers.onNotification(notification)
    if (notification.event === 'newConsumer') this.#requireAnswer(this.#consume(notification.data))
    if (notification.event === 'consumerClosed') this.#closeConsumer(notification.data.consumerId)
  }

  async #consume({ id, producerId, kind, rtpParameters, participantId, source }: NewConsumer): Promise<void> {
    if (this.#receive === null) return
    // One stream id for a person's voice and face lets the browser keep lips and sound together.
    const streamId = source === 'screen' ? `${participantId}-screen` : participantId
    const consumer = await this.#receive.consume({ id, producerId, kind, rtpParameters, streamId })
    if (this.#closedConsumers.delete(id)) return consumer.close()
    this.#closers.set(id, () => consumer.close())
    this.#handlers.onTrack(id, consumer.track)
    await this.request('resumeConsumer', { consumerId: id })
  }

  #closeConsumer(id: string): void {
    const close = this.#closers.get(id)
    if (close === undefined) this.#closedConsumers.add(id)
    else close()
    this.#closers.delete(id)
  }

  /** A refusal concerns that one request (a consumer that closed meanwhile); silence concerns the connection. */
  #requireAnswer(answer: Promise<unknown>): void {
    answer.catch((error: unknown) => {
      if (!(error instanceof RequestRefused)) this.#lose('lost')
    })
  }

  #lose(reason: CloseReason): void {
    if (this.#ended) return
    this.close()
    this.#handlers.onLost(reason)
  }
}
