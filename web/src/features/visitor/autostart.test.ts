import { describe, expect, it } from 'vitest'
import { autostartAddress } from './autostart'

const ORIGIN = 'https://vardrum.example'
const start = { token: 'a-b c', appUrl: null, origin: ORIGIN }

describe('the address that opens the BankID app', () => {
  it('is the scheme on a computer, where the app steps aside by itself', () => {
    expect(autostartAddress('bankid', { ...start, platform: 'computer' })).toBe(
      'bankid:///?autostarttoken=a-b+c&redirect=null',
    )
  })

  it('is a universal link on Android, without a way back', () => {
    expect(autostartAddress('bankid', { ...start, platform: 'android' })).toBe(
      'https://app.bankid.com/?autostarttoken=a-b+c&redirect=null',
    )
  })

  it('names the way back on iOS', () => {
    const address = new URL(autostartAddress('bankid', { ...start, platform: 'ios' }) ?? '')
    expect(address.origin).toBe('https://app.bankid.com')
    expect(address.searchParams.get('redirect')).toBe('https://vardrum.example/b#bankid')
  })

  it.each(['computer', 'android', 'ios'] as const)(
    "is the local stack's stand-in where there is one (%s)",
    (platform) => {
      const address = autostartAddress('bankid', {
        ...start,
        platform,
        appUrl: 'http://localhost:8001/bankid/app',
      })
      expect(address).toMatch(/^http:\/\/localhost:8001\/bankid\/app\?autostarttoken=/)
      expect(new URL(address ?? '').searchParams.get('redirect')).toBe('https://vardrum.example/b#bankid')
    },
  )
})

describe('the address that opens the Freja app', () => {
  const freja = { token: 'a/b+c', appUrl: null, origin: ORIGIN }

  it('names the order on Android, where the app steps aside by itself', () => {
    expect(autostartAddress('freja', { ...freja, platform: 'android' })).toBe(
      'frejaeid://bindUserToTransaction?transactionReference=a%2Fb%2Bc',
    )
  })

  it('names the way back on iOS', () => {
    expect(autostartAddress('freja', { ...freja, platform: 'ios' })).toBe(
      'frejaeid://bindUserToTransaction?transactionReference=a%2Fb%2Bc&originAppScheme=https%3A%2F%2Fvardrum.example%2Fb%23freja',
    )
  })

  it('is none on a computer: the app is on phones', () => {
    expect(autostartAddress('freja', { ...freja, platform: 'computer' })).toBeUndefined()
  })

  it("is the local stack's stand-in where there is one", () => {
    const appUrl = 'http://localhost:8001/freja/app'
    expect(autostartAddress('freja', { ...freja, appUrl, platform: 'android' })).toBe(
      `${appUrl}?transactionReference=a%2Fb%2Bc&originAppScheme=https%3A%2F%2Fvardrum.example%2Fb%23freja`,
    )
  })
})
