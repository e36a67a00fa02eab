/** Keeps the screen on during a call, where the browser can. */

type WakeLockNavigator = Pick<Navigator, 'wakeLock'>

export function keepScreenOn(navigator: Partial<WakeLockNavigator>, document: Document): () => void {
  let sentinel: WakeLockSentinel | null = null
  let wanted = true
  const request = async () => {
    if (!wanted || document.visibilityState !== 'visible') return
    // Refused at low battery: then the screen follows the person's own settings.
    const taken = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
    if (wanted) sentinel = taken
    else void taken?.release()
  }
  // The browser lets go of the lock whenever the page is hidden.
  const onVisible = () => void request()
  document.addEventListener('visibilitychange', onVisible)
  void request()
  return () => {
    wanted = false
    document.removeEventListener('visibilitychange', onVisible)
    void sentinel?.release()
  }
}
