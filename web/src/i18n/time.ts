import { currentLanguage } from './index'

/** Where the clinics are: days and clock times mean this zone, whatever the device says. */
export const ZONE = 'Europe/Stockholm'

/** A local day, `2026-11-22`. */
export type LocalDate = string

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** `09:30`. */
export function clockTime(moment: string | number | Date): string {
  return format(moment, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** `söndag 22 november`. */
export function longDay(day: LocalDate): string {
  return format(noonOf(day), { weekday: 'long', day: 'numeric', month: 'long' })
}

/** `sön 22 nov.` */
export function shortDay(day: LocalDate): string {
  return format(noonOf(day), { weekday: 'short', day: 'numeric', month: 'short' })
}

/** `09:30` of a moment today, else with its day: `sön 22 nov. 09:30`. */
export function fetchedTime(moment: string, nowMs = Date.now()): string {
  const day = localDate(moment)
  return day === localDate(nowMs) ? clockTime(moment) : `${shortDay(day)} ${clockTime(moment)}`
}

/** The local day of a moment. */
export function localDate(moment: string | number | Date): LocalDate {
  const { year, month, day } = localParts(moment)
  return `${year}-${month}-${day}`
}

export function addDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

export function isLocalDate(text: string | null): text is LocalDate {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}

/** Whole minutes from `since` to `now`, never negative. */
export function minutesSince(since: string, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(since)) / MINUTE_MS))
}

/** The next full quarter of an hour, as local day and clock time. */
export function nextQuarter(nowMs: number): { day: LocalDate; time: string } {
  const quarterMs = 15 * MINUTE_MS
  const next = Math.floor(nowMs / quarterMs) * quarterMs + quarterMs
  const { hour, minute } = localParts(next)
  return { day: localDate(next), time: `${hour}:${minute}` }
}

/**
 * The UTC moment of a local day and clock time, ISO 8601. A time that the spring change skips becomes an hour later;
 * one that the autumn change repeats is its first.
 */
export function momentOf(day: LocalDate, time: string): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  const candidates = [120, 60].map((offset) => asUtc - offset * MINUTE_MS)
  const exact = candidates.find((candidate) => {
    const parts = localParts(candidate)
    return `${parts.hour}:${parts.minute}` === time
  })
  return new Date(exact ?? asUtc - 60 * MINUTE_MS).toISOString()
}

function noonOf(day: LocalDate): Date {
  return new Date(`${day}T12:00:00Z`)
}

function format(moment: string | number | Date, options: Intl.DateTimeFormatOptions): string {
  const locale = currentLanguage() === 'en' ? 'en-GB' : 'sv-SE'
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(new Date(moment))
}

function localParts(moment: string | number | Date) {
  const formatted = new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(moment))
  const part = (type: string) => formatted.find((piece) => piece.type === type)?.value ?? ''
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  }
}
