/** A value that can be watched. Each state is a new object, so that a changed reference is a changed state. */

export class Store<T> {
  #state: T
  readonly #listeners = new Set<() => void>()

  constructor(initial: T) {
    this.#state = initial
  }

  get state(): T {
    return this.#state
  }

  /** Calls `listener` after every change until the returned function is called. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  update(next: (state: T) => T): void {
    const state = next(this.#state)
    if (state === this.#state) return
    this.#state = state
    for (const listener of [...this.#listeners]) listener()
  }
}
