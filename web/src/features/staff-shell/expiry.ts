import { answer, api, type Shape } from '../../protocol/api'

/** How long before its end a session that is not used says so. */
export const WARNED_S = 5 * 60
const AGAIN_S = 30
const SECOND_MS = 1_000

export interface Ending {
  /** Of `Date.now()`. */
  atMs: number
  /** By using it; twelve hours after login it ends whatever is done. */
  canBeExtended: boolean
}

/**
 * Follows when the session ends, without being a use of it, and tells `onChange` when that is near or is so no more:
 * another tab may have used it. Starts from what is known to be left; returns the way to stop.
 */
export function followExpiry(secondsLeft: number, onChange: (ending: Ending | null) => void): () => void {
  let stopped = false
  let timer = wait(secondsLeft - WARNED_S)

  function wait(seconds: number) {
    return setTimeout(() => void look(), Math.max(0, seconds) * SECOND_MS)
  }

  async function look(): Promise<void> {
    const found = await expiry()
    if (stopped) return
    if (found === null) {
      timer = wait(AGAIN_S)
      return
    }
    const isNear = found.seconds_left <= WARNED_S
    onChange(isNear ? endingOf(found) : null)
    timer = wait(isNear ? AGAIN_S : found.seconds_left - WARNED_S)
  }

  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

function endingOf(found: Shape<'SessionExpiry'>): Ending {
  return { atMs: Date.now() + found.seconds_left * SECOND_MS, canBeExtended: found.can_be_extended }
}

/** Null when the server could not be asked. When the session has ended, the login page is on its way (session.tsx). */
function expiry(): Promise<Shape<'SessionExpiry'> | null> {
  return answer(api.GET('/session/expiry')).catch(() => null)
}
