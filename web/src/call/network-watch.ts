/** Tells when the way to the network may have changed: another interface, back online, awake again. */

interface NetworkInformation extends EventTarget {}

export function watchNetwork(onChange: () => void): () => void {
  const connection = (navigator as { connection?: NetworkInformation }).connection
  const onOnline = () => onChange()
  const onVisible = wokeUp(onChange)
  window.addEventListener('online', onOnline)
  connection?.addEventListener('change', onOnline)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    window.removeEventListener('online', onOnline)
    connection?.removeEventListener('change', onOnline)
    document.removeEventListener('visibilitychange', onVisible)
  }
}

const SLEPT_MS = 10_000

/** A short look at another tab is no sleep. */
function wokeUp(onChange: () => void): () => void {
  let hiddenAtMs = 0
  return () => {
    if (document.visibilityState === 'hidden') hiddenAtMs = Date.now()
    else if (hiddenAtMs > 0 && Date.now() - hiddenAtMs > SLEPT_MS) onChange()
  }
}
