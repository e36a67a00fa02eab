/** Waiting between attempts: longer each time, never all clients at once. */

const FIRST_MS = 300
const LONGEST_MS = 5_000

/** Full jitter between half of the step and the step; `attempt` counts from 0. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt)
  return Math.round(step / 2 + (random() * step) / 2)
}

/** A wait that can be cut short, as when the network is back. */
export class InterruptibleWait {
  #wake: (() => void) | null = null

  wait(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, durationMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  interrupt(): void {
    this.#wake?.()
    this.#wake = null
  }
}
