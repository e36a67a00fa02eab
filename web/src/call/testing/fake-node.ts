/** A media node for tests: sockets that answer as the contract's examples do, and that can be told to fail. */

import contract from '../../../../tests/contracts/signalling.json'
import type { Method, Notification } from '../../protocol/signalling'
import type { SocketLike } from '../../protocol/signalling-socket'

export interface Request {
  id: number
  method: Method
  data: {
    source?: string
    kind?: string
    paused?: boolean
    clientId?: string
    producerId?: string
    frameHeight?: number
    rtpParameters?: object
  }
}

const OPEN = 1
const CLOSED = 3

export class FakeSocket implements SocketLike {
  readyState = OPEN
  onopen: SocketLike['onopen'] = null
  onmessage: SocketLike['onmessage'] = null
  onclose: SocketLike['onclose'] = null
  readonly requests: Request[] = []
  readonly #node: FakeNode

  constructor(
    node: FakeNode,
    readonly path: string,
  ) {
    this.#node = node
  }

  send(frame: string): void {
    if (this.readyState !== OPEN) return
    const request = JSON.parse(frame) as Request
    this.requests.push(request)
    queueMicrotask(() => this.#node.answer(this, request))
  }

  close(): void {
    this.readyState = CLOSED
  }

  /** What the server says. */
  say(message: object): void {
    if (this.readyState === OPEN) this.onmessage?.({ data: JSON.stringify(message) } as MessageEvent)
  }

  notify(notification: Notification): void {
    this.say(notification)
  }

  /** The server or the network closes. */
  drop(code: number): void {
    this.readyState = CLOSED
    this.onclose?.({ code } as CloseEvent)
  }

  methods(): Method[] {
    return this.requests.map(({ method }) => method)
  }

  last(method: Method): Request['data'] | undefined {
    return this.requests.findLast((request) => request.method === method)?.data
  }
}

export class FakeNode {
  readonly sockets: FakeSocket[] = []
  /** Methods that get no answer. */
  readonly silent = new Set<Method>()
  /** Methods that are refused as forbidden. */
  readonly forbidden = new Set<Method>()
  participants: object[] = []
  epoch = 1
  #made = 0

  openSocket = (path: string): FakeSocket => {
    const socket = new FakeSocket(this, path)
    this.sockets.push(socket)
    return socket
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1)
    if (socket === undefined) throw new Error('No socket has been opened')
    return socket
  }

  answer(socket: FakeSocket, { id, method }: Request): void {
    if (this.silent.has(method)) return
    const error = { code: 'forbidden', message: 'The permission is missing' }
    if (this.forbidden.has(method)) socket.say({ id, ok: false, error })
    else socket.say({ id, ok: true, data: this.#data(method) })
  }

  #data(method: Method): object {
    const { data } = contract.answers[method]
    if (method === 'join') return { ...data, participants: this.participants, epoch: this.epoch }
    return 'id' in data ? { ...data, id: `${method}_${++this.#made}` } : data
  }
}
