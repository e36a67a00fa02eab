import { type LiveMessage, readLiveMessage } from './live-messages'

/** `connecting` before the first connection, then `open` and `lost` in turns; `closed` is final. */
export type LiveState = 'connecting' | 'open' | 'lost' | 'closed'

const PING_EVERY_MS = 4 * 60_000
const PONG_WITHIN_MS = 8_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000
/** What a watch could not be registered for, and may be another time. */
const PASSING = new Set(['internal', 'unavailable', 'changed_meanwhile'])

type MessageListener = (message: LiveMessage) => void
type StateListener = (state: LiveState, earlier: LiveState) => void

/**
 * The socket that tells what changed. It comes back by itself after a loss (doubling waits with jitter, at once when
 * the network or the page wakes), watches its visits again, and tells its state: whenever it opens, pages read again what
 * they may have missed.
 */
export class LiveSocket {
  state: LiveState = 'connecting'
  private socket: WebSocket | null = null
  private attempts = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private pingTimer: ReturnType<typeof setInterval> | undefined
  private pongTimer: ReturnType<typeof setTimeout> | undefined
  private readonly watched = new Map<string, number>()
  private readonly messageListeners = new Set<MessageListener>()
  private readonly stateListeners = new Set<StateListener>()

  constructor(private readonly as: 'staff' | 'visitor') {}

  open(): void {
    window.addEventListener('online', this.wake)
    document.addEventListener('visibilitychange', this.wake)
    this.connect()
  }

  close(): void {
    window.removeEventListener('online', this.wake)
    document.removeEventListener('visibilitychange', this.wake)
    this.enter('closed')
    this.drop()
  }

  /** Asks for the messages of one visit, also after a reconnect. Returns the way to stop. */
  watch(visitId: string): () => void {
    const watchers = this.watched.get(visitId) ?? 0
    this.watched.set(visitId, watchers + 1)
    if (watchers === 0) this.tell({ action: 'watch', visit_id: visitId })
    return () => this.unwatch(visitId)
  }

  onMessage(listener: MessageListener): () => void {
    this.messageListeners.add(listener)
    return () => this.messageListeners.delete(listener)
  }

  onState(listener: StateListener): () => void {
    this.stateListeners.add(listener)
    return () => this.stateListeners.delete(listener)
  }

  private unwatch(visitId: string): void {
    const watchers = this.watched.get(visitId) ?? 0
    if (watchers > 1) {
      this.watched.set(visitId, watchers - 1)
    } else if (this.watched.delete(visitId)) {
      this.tell({ action: 'unwatch', visit_id: visitId })
    }
  }

  private connect(): void {
    this.drop()
    const socket = new WebSocket(liveUrl(this.as))
    this.socket = socket
    socket.onopen = () => this.opened()
    socket.onmessage = (event) => this.received(event.data)
    socket.onclose = () => this.lost(socket)
  }

  private opened(): void {
    this.attempts = 0
    for (const visitId of this.watched.keys()) this.tell({ action: 'watch', visit_id: visitId })
    this.pingTimer = setInterval(() => this.ping(), PING_EVERY_MS)
    this.enter('open')
  }

  private received(frame: unknown): void {
    const message = readLiveMessage(frame)
    if (message === null) return
    clearTimeout(this.pongTimer)
    if (message.type === 'session.ended') this.close()
    if (message.type === 'error' && PASSING.has(message.code)) this.lost(this.socket)
    for (const listener of this.messageListeners) listener(message)
  }

  private lost(socket: WebSocket | null): void {
    if (socket !== this.socket || this.state === 'closed') return
    this.drop()
    this.enter('lost')
    this.timer = setTimeout(() => this.connect(), waitBefore(this.attempts++))
  }

  /** A socket that a sleeping machine or a changed network has left dead is found by an unanswered ping. */
  private readonly wake = (): void => {
    if (document.visibilityState === 'hidden' || this.state === 'closed') return
    if (this.state === 'open') this.ping()
    else if (this.socket === null) this.connect()
  }

  private ping(): void {
    const socket = this.socket
    if (socket === null) return
    this.tell({ action: 'ping' })
    clearTimeout(this.pongTimer)
    this.pongTimer = setTimeout(() => this.lost(socket), PONG_WITHIN_MS)
  }

  private tell(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message))
  }

  private drop(): void {
    clearTimeout(this.timer)
    clearTimeout(this.pongTimer)
    clearInterval(this.pingTimer)
    const socket = this.socket
    this.socket = null
    socket?.close()
  }

  private enter(state: LiveState): void {
    if (state === this.state) return
    const earlier = this.state
    this.state = state
    for (const listener of this.stateListeners) listener(state, earlier)
  }
}

/** Doubling from half a second to 15 s, and a random half of it off, so that many pages do not come at once. */
function waitBefore(attempt: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS)
  return longest * (0.5 + Math.random() / 2)
}

function liveUrl(as: 'staff' | 'visitor'): string {
  const url = new URL(`/live?as=${as}`, window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}
