import { describe, expect, it } from 'vitest'
import { faultOf } from './identity-number'

describe('an identity number as written (P1)', () => {
  it.each([
    '194408139089',
    '19440813-9089',
    '440813-9089',
    '4408139089',
    ' 1944 0813 9089 ',
    '1944-08-13-9089',
    '191212121212',
    '121212+1212',
    '200001052380',
    '19440813\u20139089',
    '440813\u22129089',
  ])('%s may be asked for', (number) => {
    expect(faultOf(number)).toBeNull()
  })

  it('may be a samordningsnummer, whose day is 60 more', () => {
    expect(faultOf('197010632391')).toBeNull()
  })

  it('may be a reservnummer, which has no check digit', () => {
    expect(faultOf('194408329080')).toBeNull()
    expect(faultOf('194408329081')).toBeNull()
  })

  it.each([
    '98240301AA06',
    '22950606-FH20',
    '2578 0404 khd5',
    '00342145-bz31',
    '00749852BZK0',
    '9824-03-01-AA06',
  ])('%s is a national reservnummer', (number) => {
    expect(faultOf(number)).toBeNull()
  })

  it.each(['98240301AA05', '00749852BZK1'])('%s has a wrong check digit', (number) => {
    expect(faultOf(number)).toBe('checkDigit')
  })

  it.each(['98240230AA06', '96240301AA06', '98240301AI06', '00341945BZ31', '00342160BZ31', '240301AA06'])(
    '%s is of no form',
    (number) => {
      expect(faultOf(number)).toBe('form')
    },
  )

  it.each(['194408139088', '4408139080', '121212+1213'])('%s has a wrong check digit', (number) => {
    expect(faultOf(number)).toBe('checkDigit')
  })

  it.each(['', '1944', '440813-9', '19440813908'])('"%s" is not all of it', (number) => {
    expect(faultOf(number)).toBe('incomplete')
  })

  it.each(['Anna Andersson', '194413139089', '194402309089', '1944081390891'])(
    '%s is no number',
    (number) => {
      expect(faultOf(number)).toBe('form')
    },
  )
})
