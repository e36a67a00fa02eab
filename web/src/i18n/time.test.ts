import { describe, expect, it } from 'vitest'
import {
  addDays,
  clockTime,
  isLocalDate,
  localDate,
  longDay,
  minutesSince,
  momentOf,
  nextQuarter,
} from './time'

describe('time in Europe/Stockholm', () => {
  it('is one hour ahead in winter and two in summer', () => {
    expect(clockTime('2026-11-22T08:30:00Z')).toBe('09:30')
    expect(clockTime('2026-07-01T07:30:00Z')).toBe('09:30')
  })

  it('has its own midnight', () => {
    expect(localDate('2026-11-21T23:00:00Z')).toBe('2026-11-22')
    expect(localDate('2026-11-21T22:59:59Z')).toBe('2026-11-21')
  })

  it.each([
    ['2026-11-22', '09:30', '2026-11-22T08:30:00.000Z'],
    ['2026-07-01', '09:30', '2026-07-01T07:30:00.000Z'],
    ['2027-03-28', '01:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', '03:00', '2027-03-28T01:00:00.000Z'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s %s is %s', (day, time, moment) => {
    expect(momentOf(day, time)).toBe(moment)
  })

  it('moves a time that the spring change skips to the hour after', () => {
    expect(clockTime(momentOf('2027-03-28', '02:30'))).toBe('03:30')
  })

  it('steps over the end of a month and a year', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2027-03-01', -1)).toBe('2027-02-28')
  })

  it('writes a day in Swedish', () => {
    expect(longDay('2026-11-22')).toBe('söndag 22 november')
  })

  it('knows a date from a mistake', () => {
    expect(isLocalDate('2026-11-22')).toBe(true)
    expect(isLocalDate('2026-02-30')).toBe(false)
    expect(isLocalDate('imorgon')).toBe(false)
    expect(isLocalDate(null)).toBe(false)
  })

  it('proposes the next quarter of an hour, also past midnight', () => {
    expect(nextQuarter(Date.parse('2026-11-22T08:31:00Z'))).toEqual({ day: '2026-11-22', time: '09:45' })
    expect(nextQuarter(Date.parse('2026-11-22T22:50:00Z'))).toEqual({ day: '2026-11-23', time: '00:00' })
  })

  it('counts whole minutes of waiting', () => {
    expect(minutesSince('2026-11-22T08:00:00Z', Date.parse('2026-11-22T08:04:59Z'))).toBe(4)
    expect(minutesSince('2026-11-22T08:00:00Z', Date.parse('2026-11-22T07:59:00Z'))).toBe(0)
  })
})
