import { addDays, type LocalDate } from '../../i18n/time'

export const MOST_WEEKS_BETWEEN = 12
export const LEAST_TIMES = 2
export const MOST_TIMES = 12

/** The days of a repeated visit, the first one among them. */
export function seriesDays(first: LocalDate, everyWeeks: number, times: number): LocalDate[] {
  return Array.from({ length: times }, (_, place) => addDays(first, 7 * everyWeeks * place))
}

export function numbersBetween(least: number, most: number): number[] {
  return Array.from({ length: most - least + 1 }, (_, place) => least + place)
}
