/** One WebSocket to a media node: requests with answers and timeouts, notifications, a named reason at the end. */

import {
  type AnswerOf,
  type CloseReason,
  closeReason,
  type DataOf,
  type ErrorCode,
  encodeRequest,
  type Method,
  type Notification,
  parseFrame,
} from './signalling'

/** What goes wrong with a request; the socket itself may still be well. */
export class SignallingError extends Error {}

/** The server answered no. */
export class RequestRefused extends SignallingError {
  readonly code: ErrorCode

  constructor(method: Method, code: ErrorCode) {
    super(`The media server refused ${method}: ${code}`)
    this.code = code
  }
}

/** No answer came in time: the socket is as good as dead. */
export class RequestTimedOut extends SignallingError {}

/** The socket closed before the answer came. */
export class SocketClosed extends SignallingError {
  readonly reason: CloseReason

  constructor(reason: CloseReason) {
    super(`The signalling socket closed: ${reason}`)
    this.reason = reason
  }
}

/** The part of the browser's WebSocket that is used here. */
export interface SocketLike {
  readonly readyState: number
  onopen: ((event: Event) => unknown) | null
  onmessage: ((event: MessageEvent) => unknown) | null
  onclose: ((event: CloseEvent) => unknown) | null
  send(data: string): void
  close(code?: number): void
}

export interface SignallingHandlers {
  onNotification: (notification: Notification) => void
  onClose: (reason: CloseReason) => void
}

interface Pending {
  method: Method
  resolve: (data: never) => void
  reject: (error: SignallingError) => void
  timer: ReturnType<typeof setTimeout>
}

const CONNECTING = 0
const OPEN = 1
export const REQUEST_TIMEOUT_MS = 8_000

export class SignallingSocket {
  readonly #socket: SocketLike
  readonly #handlers: SignallingHandlers
  readonly #pending = new Map<number, Pending>()
  #unsent: string[] = []
  #nextId = 1
  #closed: CloseReason | null = null

  constructor(socket: SocketLike, handlers: SignallingHandlers) {
    this.#socket = socket
    this.#handlers = handlers
    socket.onopen = () => this.#flush()
    socket.onmessage = (event) => this.#receive(event.data)
    socket.onclose = (event) => this.#finish(closeReason(event.code))
  }

  /**
   * Sends a request; several may be under way at once, and the server takes them in order.
   * Requests made before the socket is open are sent when it opens.
   *
   * @throws {SignallingError} refused, timed out, or the socket closed first
   */
  request<M extends Method>(
    method: M,
    data: DataOf<M>,
    timeoutMs: number = REQUEST_TIMEOUT_MS,
  ): Promise<AnswerOf<M>> {
    if (this.#closed !== null) return Promise.reject(new SocketClosed(this.#closed))
    const id = this.#nextId++
    const answer = this.#awaitAnswer<M>(id, method, timeoutMs)
    this.#send(encodeRequest(id, method, data))
    return answer
  }

  /** Closes without a word to the server, whose grace for a lost socket begins. */
  close(): void {
    this.#socket.close()
    this.#finish('left')
  }

  #awaitAnswer<M extends Method>(id: number, method: M, timeoutMs: number): Promise<AnswerOf<M>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id)
        reject(new RequestTimedOut(`No answer to ${method} within ${timeoutMs} ms`))
      }, timeoutMs)
      this.#pending.set(id, { method, resolve, reject, timer })
    })
  }

  #send(frame: string): void {
    if (this.#socket.readyState === CONNECTING) this.#unsent.push(frame)
    else if (this.#socket.readyState === OPEN) this.#socket.send(frame)
    // It closed before anyone listened.
    else this.#finish('lost')
  }

  #flush(): void {
    for (const frame of this.#unsent) this.#socket.send(frame)
    this.#unsent = []
  }

  #receive(text: unknown): void {
    const incoming = typeof text === 'string' ? parseFrame(text) : null
    if (incoming === null || this.#closed !== null) return
    if (incoming.type === 'notification') {
      this.#handlers.onNotification(incoming.notification)
      return
    }
    const { answer } = incoming
    const pending = this.#take(answer.id)
    if (answer.ok) pending?.resolve(answer.data as never)
    else pending?.reject(new RequestRefused(pending.method, answer.error.code))
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    if (pending) clearTimeout(pending.timer)
    this.#pending.delete(id)
    return pending
  }

  #finish(reason: CloseReason): void {
    if (this.#closed !== null) return
    this.#closed = reason
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(new SocketClosed(reason))
    this.#handlers.onClose(reason)
  }
}
