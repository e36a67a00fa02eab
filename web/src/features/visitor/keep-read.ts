/** Reads a page again that nobody tells of changes: often while someone looks at it, rarely once nobody seems to. */

const OFTEN_MS = 4_000
const RARELY_MS = 30_000
/** The longer nobody has touched the page, the longer the wait: every 4 s in the first 2 minutes, 30 s after a quarter. */
const SHARE_OF_IDLE = 1 / 30
/** Two signs of the same return, as a page that is shown and takes the focus. */
const AT_ONCE_MS = 1_000

const RETURNS = ['focus', 'online', 'pageshow'] as const
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/** A page that is hidden is not read, and at once when it is back. Returns the way to stop. */
export function keepRead(read: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let seenAtMs = Date.now()
  let readAtMs = Number.NEGATIVE_INFINITY
  let stopped = false

  const plan = () => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(look, waitAfter(Date.now() - seenAtMs))
  }
  const look = () => {
    if (document.visibilityState === 'hidden') return
    readAtMs = Date.now()
    clearTimeout(timer)
    void read().finally(plan)
  }
  const seen = (anewAfterMs: number) => {
    seenAtMs = Date.now()
    if (seenAtMs - readAtMs >= anewAfterMs) look()
    else plan()
  }
  const onReturn = () => seen(AT_ONCE_MS)
  const onTouch = () => seen(OFTEN_MS)

  document.addEventListener('visibilitychange', onReturn)
  for (const sign of RETURNS) window.addEventListener(sign, onReturn)
  for (const sign of TOUCHES) window.addEventListener(sign, onTouch, { passive: true })
  plan()
  return () => {
    stopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onReturn)
    for (const sign of RETURNS) window.removeEventListener(sign, onReturn)
    for (const sign of TOUCHES) window.removeEventListener(sign, onTouch)
  }
}

function waitAfter(idleMs: number): number {
  return Math.min(Math.max(OFTEN_MS, idleMs * SHARE_OF_IDLE), RARELY_MS)
}
