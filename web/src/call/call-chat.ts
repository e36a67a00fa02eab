/** Writing in the call's chat (C6): shown at once, sent, and said when it was not. */

import type { ChatLine } from '../protocol/signalling'
import { type Author, addOwn, type ChatLog, closePanel, markState, openPanel, receiveLine } from './chat-log'

export interface ChatPort {
  log: () => ChatLog
  change: (next: (log: ChatLog) => ChatLog) => void
  /** Who writes; null before the call has been joined. */
  author: () => Author | null
  /** Rejects when the media node did not take it, or is not connected. */
  send: (line: { text: string; clientId: string }) => Promise<unknown>
  now: () => number
  newId: () => string
}

export class CallChat {
  readonly #port: ChatPort

  constructor(port: ChatPort) {
    this.#port = port
  }

  write(text: string): void {
    const author = this.#port.author()
    const line = { clientId: this.#port.newId(), text: text.trim(), sentAtMs: this.#port.now() }
    if (line.text === '' || author === null) return
    this.#port.change((log) => addOwn(log, author, line))
    this.#deliver(line)
  }

  /** Sends a line that failed once more. */
  resend(clientId: string): void {
    const entry = this.#port
      .log()
      .entries.find((each) => each.clientId === clientId && each.state === 'failed')
    if (entry === undefined) return
    this.#port.change((log) => markState(log, clientId, 'sending'))
    this.#deliver(entry)
  }

  receive(line: ChatLine): void {
    this.#port.change((log) => receiveLine(log, line, this.#port.author()?.id ?? ''))
  }

  open(): void {
    this.#port.change(openPanel)
  }

  close(): void {
    this.#port.change(closePanel)
  }

  #deliver({ clientId, text }: { clientId: string; text: string }): void {
    this.#port
      .send({ text, clientId })
      .catch(() => this.#port.change((log) => markState(log, clientId, 'failed')))
  }
}
