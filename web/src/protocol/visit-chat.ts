import { answer, api, type Shape } from './api'
import { type ApiProblem, asProblem } from './problem'

type Message = Shape<'ChatMessageView'>
type Outgoing = Shape<'SendChat'>

/** How the chat is read and written: as staff or as a visitor. */
export interface ChatDoor {
  read: () => Promise<Shape<'ChatHistory'>>
  send: (message: Outgoing) => Promise<Message>
}

/** `waiting`: the network is silent, it goes by itself when it is back. `refused`: the server will not have it. */
export type UnsentState = 'sending' | 'waiting' | 'refused'

export interface Unsent extends Outgoing {
  state: UnsentState
}

export interface ChatView {
  /** Stored messages, oldest first; null until they have been read. */
  messages: readonly Message[] | null
  /** My own that are not stored yet, in the order they were written. */
  unsent: readonly Unsent[]
  /** Why the chat could not be read. */
  problem: ApiProblem | null
}

const RETRY_AFTER_MS = 3_000
export const LONGEST_TEXT = 2_000

export function staffChat(visitId: string): ChatDoor {
  const params = { params: { path: { visit_id: visitId } } }
  return {
    read: () => answer(api.GET('/visits/{visit_id}/chat', params)),
    send: (message) => answer(api.POST('/visits/{visit_id}/chat', { ...params, body: message })),
  }
}

/**
 * The visit chat (S2): what is stored, and one's own messages on their way. They are sent one at a time, in order and
 * under an id of their own, so that a message whose answer was lost is stored once; they outlive a reload of the tab.
 */
export class VisitChat {
  view: ChatView
  private sending = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly door: ChatDoor,
    /** Under which name this tab keeps what is not sent yet. */
    private readonly keptAs: string,
  ) {
    this.view = { messages: null, unsent: kept(keptAs), problem: null }
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Reads the history, and sends what waits: at the start and when the connection is back. */
  async refresh(): Promise<void> {
    try {
      const { messages } = await this.door.read()
      this.change({ messages: merged(this.view.messages ?? [], messages), problem: null })
    } catch (thrown) {
      this.change({ problem: asProblem(thrown) })
    }
    this.forget(this.view.messages ?? [])
    void this.sendAll()
  }

  write(text: string): void {
    const message: Unsent = { message_id: crypto.randomUUID(), text, state: 'sending' }
    this.change({ unsent: [...this.view.unsent, message] })
    void this.sendAll()
  }

  /** A message told by the live socket. */
  receive(message: Message): void {
    this.change({ messages: merged(this.view.messages ?? [], [message]) })
    this.forget([message])
  }

  /** Tries a refused or waiting message again. */
  retry(): void {
    this.change({ unsent: this.view.unsent.map((message) => ({ ...message, state: 'sending' })) })
    void this.sendAll()
  }

  discard(messageId: string): void {
    this.change({ unsent: this.view.unsent.filter((message) => message.message_id !== messageId) })
  }

  close(): void {
    clearTimeout(this.timer)
    this.listeners.clear()
  }

  private async sendAll(): Promise<void> {
    if (this.sending) return
    clearTimeout(this.timer)
    this.sending = true
    for (let next = this.next(); next !== undefined; next = this.next()) {
      if (!(await this.sendOne(next))) break
    }
    this.sending = false
  }

  private next(): Unsent | undefined {
    return this.view.unsent.find((message) => message.state !== 'refused')
  }

  /** False when the others must wait, so that the order holds. */
  private async sendOne({ message_id, text }: Unsent): Promise<boolean> {
    try {
      this.receive(await this.door.send({ message_id, text }))
      return true
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (!problem.retryable) {
        this.mark('refused', message_id)
        return true
      }
      this.mark('waiting')
      this.timer = setTimeout(() => void this.sendAll(), RETRY_AFTER_MS)
      return false
    }
  }

  private mark(state: UnsentState, messageId?: string): void {
    const unsent = this.view.unsent.map((message) =>
      messageId === undefined
        ? withState(message, state)
        : message.message_id === messageId
          ? { ...message, state }
          : message,
    )
    this.change({ unsent })
  }

  private forget(stored: readonly Message[]): void {
    const ids = new Set(stored.map((message) => message.message_id))
    const unsent = this.view.unsent.filter((message) => !ids.has(message.message_id))
    if (unsent.length < this.view.unsent.length) this.change({ unsent })
  }

  private change(changes: Partial<ChatView>): void {
    this.view = { ...this.view, ...changes }
    if (changes.unsent !== undefined) keep(this.keptAs, changes.unsent)
    for (const listener of this.listeners) listener()
  }
}

/** A refused message stays refused until it is tried again by hand. */
function withState(message: Unsent, state: UnsentState): Unsent {
  return message.state === 'refused' ? message : { ...message, state }
}

function merged(before: readonly Message[], more: readonly Message[]): Message[] {
  const byId = new Map([...before, ...more].map((message) => [message.message_id, message]))
  return [...byId.values()].sort((a, b) => Date.parse(a.sent_at) - Date.parse(b.sent_at))
}

function keep(name: string, unsent: readonly Unsent[]): void {
  if (unsent.length === 0) sessionStorage.removeItem(name)
  else sessionStorage.setItem(name, JSON.stringify(unsent))
}

function kept(name: string): Unsent[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]')
    return Array.isArray(value)
      ? value.filter(isUnsent).map((message) => ({ ...message, state: 'sending' }))
      : []
  } catch {
    return []
  }
}

function isUnsent(value: unknown): value is Unsent {
  const message = value as Partial<Unsent> | null
  return typeof message?.message_id === 'string' && typeof message.text === 'string'
}
