import { describe, expect, it } from 'vitest'
import { autostartAddress } from './autostart'

const ORIGIN = 'https://vardrum.example'
const start = { token: 'a-b c', appUrl: null, origin: ORIGIN }

describe('the address that opens the BankID app', () => {
  it('is the scheme on a computer, where the app steps aside by itself', () => {
    expect(autostartAddress({ ...start, platform: 'computer' })).toBe(
      'bankid:///?autostarttoken=a-b+c&redirect=null',
    )
  })

  it('is a universal link on Android, without a way back', () => {
    expect(autostartAddress({ ...start, platform: 'android' })).toBe(
      'https://app.bankid.com/?autostarttoken=a-b+c&redirect=null',
    )
  })

  it('names the way back on iOS', () => {
    const address = new URL(autostartAddress({ ...start, platform: 'ios' }))
    expect(address.origin).toBe('https://app.bankid.com')
    expect(address.searchParams.get('redirect')).toBe('https://vardrum.example/b#bankid')
  })

  it.each(['computer', 'android', 'ios'] as const)(
    "is the local stack's stand-in where there is one (%s)",
    (platform) => {
      const address = autostartAddress({ ...start, platform, appUrl: 'http://localhost:8001/bankid/app' })
      expect(address).toMatch(/^http:\/\/localhost:8001\/bankid\/app\?autostarttoken=/)
      expect(new URL(address).searchParams.get('redirect')).toBe('https://vardrum.example/b#bankid')
    },
  )
})
