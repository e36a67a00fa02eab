/** Why a camera or microphone cannot be used, in terms that guidance can be written for. */

export type DeviceProblem = 'denied' | 'missing' | 'busy' | 'lost' | 'unavailable'

const BY_NAME: Readonly<Record<string, DeviceProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** Names as in Media Capture and Streams §getUserMedia. */
export function deviceProblem(error: unknown): DeviceProblem {
  const name = (error as { name?: unknown } | null)?.name
  return (typeof name === 'string' && BY_NAME[name]) || 'unavailable'
}
