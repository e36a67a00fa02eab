/** Remembers in this tab which app has been opened, so that a page loaded anew goes on with the order. */

import { type EidProvider, isEidProvider } from './eid-provider'

const KEY = 'vardrum.eid-launched'

export function rememberLaunch(provider: EidProvider): void {
  sessionStorage.setItem(KEY, provider)
}

export function forgetLaunch(): void {
  sessionStorage.removeItem(KEY)
}

/** Null when no app has been opened from this tab. */
export function launchedProvider(): EidProvider | null {
  const provider = sessionStorage.getItem(KEY)
  return isEidProvider(provider) ? provider : null
}
