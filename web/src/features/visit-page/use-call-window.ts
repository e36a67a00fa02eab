import { useRef, useState } from 'preact/hooks'

const FEATURES = 'popup,width=1100,height=760'

export interface CallWindow {
  /** Opens the call's window, or brings the one that is open to the front. */
  open: () => void
  /** The browser has refused the window: a link is needed. */
  blocked: boolean
  address: string
  /** The window's name, so that a link opens the same one. */
  name: string
}

/**
 * The one window of a visit's call (C1, S4). Its name finds it again after this page was read anew: asked for with an
 * empty address, an open window of that name comes as it is, and only a fresh one is blank.
 */
export function useCallWindow(visitId: string): CallWindow {
  const opened = useRef<Window | null>(null)
  const [blocked, setBlocked] = useState(false)
  const address = `/samtal/${visitId}`
  const name = `samtal-${visitId}`

  const open = () => {
    if (opened.current !== null && !opened.current.closed) {
      opened.current.focus()
      return
    }
    const found = window.open('', name, FEATURES)
    setBlocked(found === null)
    if (found === null) return
    if (isBlank(found)) found.location.replace(address)
    found.focus()
    opened.current = found
  }
  return { open, blocked, address, name }
}

function isBlank(found: Window): boolean {
  return found.location.href === 'about:blank'
}
