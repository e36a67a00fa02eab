import type { Platform } from '../call-window/platform'
import { BACK_FROM_EID } from './link-token'

interface Autostart {
  token: string
  platform: Platform
  /** The local stack's stand-in for the app; null means the real app. */
  appUrl: string | null
  origin: string
}

/**
 * The address that opens the BankID app on this device and starts the order in it.
 *
 * On iOS the app opens `redirect` when it is done; on Android and computers it steps aside by itself (BankID, "Start
 * the BankID app on the same device").
 */
export function autostartAddress({ token, platform, appUrl, origin }: Autostart): string {
  const back = `${origin}/b#${BACK_FROM_EID}`
  if (appUrl !== null) return `${appUrl}?${query(token, back)}`
  if (platform === 'computer') return `bankid:///?${query(token, 'null')}`
  return `https://app.bankid.com/?${query(token, platform === 'ios' ? back : 'null')}`
}

function query(autostarttoken: string, redirect: string): string {
  return new URLSearchParams({ autostarttoken, redirect }).toString()
}
