/** Tells the media node at what size each picture is shown, so that no more is sent than is seen. */

import type { View } from '../protocol/signalling'

export const HIDDEN: View = { width: 0, height: 0, pinned: false }

const SETTLE_MS = 250
/** A smaller change of size than this share would give the same layer. */
const NOTICEABLE = 0.1

/** Resolves when the node has taken it. */
export type SendView = (consumerId: string, view: View) => Promise<unknown>

/**
 * The page says what it shows (`show`, `hide`) and which pictures exist (`follow`). Those that exist and are not shown
 * are hidden. Changes go out when they have settled; the first view of a picture at once.
 */
export class ViewReporter {
  readonly #send: SendView
  readonly #shown = new Map<string, View>()
  readonly #told = new Map<string, View>()
  #existing: ReadonlySet<string> = new Set()
  #covered = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(send: SendView) {
    this.#send = send
  }

  /** Which pictures there are now. */
  follow(consumerIds: readonly string[]): void {
    this.#existing = new Set(consumerIds)
    for (const id of this.#told.keys()) if (!this.#existing.has(id)) this.#told.delete(id)
    this.#later()
  }

  show(consumerId: string, view: View): void {
    this.#shown.set(consumerId, view)
    if (!this.#existing.has(consumerId) || this.#told.has(consumerId)) this.#later()
    else this.#tell(consumerId)
  }

  hide(consumerId: string): void {
    this.#shown.delete(consumerId)
    this.#later()
  }

  /** No picture is seen at all: the page is hidden, or the person wants sound only. */
  cover(covered: boolean): void {
    this.#covered = covered
    this.#later()
  }

  /** Whether the node has been told that nothing of it is seen. */
  isHidden(consumerId: string): boolean {
    const told = this.#told.get(consumerId)
    return told !== undefined && isNothing(told)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#existing = new Set()
    this.#told.clear()
  }

  #later(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tellAll(), SETTLE_MS)
  }

  #tellAll(): void {
    for (const id of this.#existing) this.#tell(id)
  }

  #tell(consumerId: string): void {
    const view = this.#viewOf(consumerId)
    const told = this.#told.get(consumerId)
    if (told !== undefined && !differs(told, view)) return
    this.#told.set(consumerId, view)
    // It closed meanwhile, or the connection is being replaced: what comes next is told anew.
    this.#send(consumerId, view).catch(() => this.#forget(consumerId, view))
  }

  #forget(consumerId: string, view: View): void {
    if (this.#told.get(consumerId) === view) this.#told.delete(consumerId)
  }

  #viewOf(consumerId: string): View {
    return (this.#covered ? undefined : this.#shown.get(consumerId)) ?? HIDDEN
  }
}

function differs(told: View, now: View): boolean {
  if (isNothing(told) || isNothing(now)) return isNothing(told) !== isNothing(now)
  return told.pinned !== now.pinned || grew(told.height, now.height) || grew(told.width, now.width)
}

function grew(before: number, now: number): boolean {
  return Math.abs(now - before) > before * NOTICEABLE
}

function isNothing({ width, height }: View): boolean {
  return width === 0 || height === 0
}
