import { useEffect } from 'preact/hooks'

let isSent = false

/** While something typed is not sent, the browser asks before the page is reloaded or closed. It is kept nowhere else. */
export function useLeaveWarning(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return undefined
    const ask = (event: BeforeUnloadEvent) => {
      if (!isSent) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsent])
}

/** Sends the page elsewhere and asks nobody: a session that has ended leaves nothing of a patient on the screen. */
export function leaveFor(address: string): void {
  isSent = true
  window.location.assign(address)
}
