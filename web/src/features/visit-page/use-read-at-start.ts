import { useEffect } from 'preact/hooks'

// Its clock and the server's differ a little.
const AFTER_MS = 2_000
// A page is not open for longer: its session ends before.
const AWAITED_MS = 24 * 3_600_000

/** Reads the visit again when its time comes: Uteblev is offered from then on. */
export function useReadAtStart(startsAt: string, reload: () => void) {
  useEffect(() => {
    const left = Date.parse(startsAt) + AFTER_MS - Date.now()
    if (left <= 0 || left > AWAITED_MS) return
    const timer = setTimeout(reload, left)
    return () => clearTimeout(timer)
  }, [startsAt, reload])
}
