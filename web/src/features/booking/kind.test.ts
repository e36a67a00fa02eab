import { describe, expect, it } from 'vitest'
import { kindOn } from './kind'

describe('the kind of a visit by the age on its day (B1, B4, B5)', () => {
  it.each([
    ['2014-03-14', '2027-03-13', 'child'],
    ['2014-03-14', '2027-03-14', 'youth'],
    ['2014-03-14', '2032-03-13', 'youth'],
    ['2014-03-14', '2032-03-14', 'adult'],
    ['2024-02-29', '2037-02-28', 'child'],
    ['2024-02-29', '2037-03-01', 'youth'],
    [null, '2027-01-01', 'adult'],
  ])('born %s, visit on %s: %s', (born, day, kind) => {
    expect(kindOn(born, day, 13)).toBe(kind)
  })

  it('follows the age that the organisation has set', () => {
    expect(kindOn('2014-03-14', '2027-03-14', 15)).toBe('child')
  })
})
