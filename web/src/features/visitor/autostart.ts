import type { Platform } from '../call-window/platform'
import type { EidProvider } from './eid-provider'

interface Autostart {
  token: string
  platform: Platform
  /** The local stack's stand-in for the app; null means the real app. */
  appUrl: string | null
  origin: string
}

/** Opens an app on this device with the order in it. Undefined where the app cannot be. */
export function autostartAddress(provider: EidProvider, autostart: Autostart): string | undefined {
  return provider === 'freja' ? frejaAddress(autostart) : bankidAddress(autostart)
}

/**
 * On iOS the app opens `redirect` when it is done, unless the order itself names a place; on Android and computers it
 * steps aside by itself (BankID, "Start the BankID app on the same device").
 */
function bankidAddress({ token, platform, appUrl, origin }: Autostart): string {
  const back = backTo('bankid', origin)
  if (appUrl !== null) return `${appUrl}?${bankidQuery(token, back)}`
  if (platform === 'computer') return `bankid:///?${bankidQuery(token, 'null')}`
  return `https://app.bankid.com/?${bankidQuery(token, platform === 'ios' ? back : 'null')}`
}

/** Freja is on phones alone, and steps aside by itself but on iOS (Freja eID, "Authentication Service"). */
function frejaAddress({ token, platform, appUrl, origin }: Autostart): string | undefined {
  const reference = `transactionReference=${encodeURIComponent(token)}`
  const back = `&originAppScheme=${encodeURIComponent(backTo('freja', origin))}`
  if (platform === 'computer') return undefined
  if (appUrl !== null) return `${appUrl}?${reference}${back}`
  return `frejaeid://bindUserToTransaction?${reference}${platform === 'ios' ? back : ''}`
}

function backTo(provider: EidProvider, origin: string): string {
  return `${origin}/b#${provider}`
}

function bankidQuery(autostarttoken: string, redirect: string): string {
  return new URLSearchParams({ autostarttoken, redirect }).toString()
}
