/** Remembers in this tab that the app has been opened, so that a page loaded anew goes on with the order. */

const KEY = 'vardrum.eid-launched'

export function rememberLaunch(): void {
  sessionStorage.setItem(KEY, 'yes')
}

export function forgetLaunch(): void {
  sessionStorage.removeItem(KEY)
}

export function wasLaunched(): boolean {
  return sessionStorage.getItem(KEY) !== null
}
