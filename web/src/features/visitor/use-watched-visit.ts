import { useEffect } from 'preact/hooks'

const EVERY_MS = 20_000

/** Reads a page again that has no live connection, as nobody waits in it yet: now and then, and when it is looked at. */
export function useWatchedVisit(watched: boolean, reload: () => void): void {
  useEffect(() => {
    if (!watched) return undefined
    const look = () => document.visibilityState === 'visible' && reload()
    const timer = setInterval(look, EVERY_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [watched, reload])
}
