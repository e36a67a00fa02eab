import type { LocalDate } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

export type Kind = Shape<'PatientView'>['kind']

const ADULT_AGE = 18

/** The kind of a visit by the age on its day, as the server decides it (B1, B4). Without a birth date an adult's. */
export function kindOn(birthDate: LocalDate | null, day: LocalDate, childAgeLimit: number): Kind {
  if (birthDate === null) return 'adult'
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  const age = day.slice(5) < birthDate.slice(5) ? years - 1 : years
  if (age >= ADULT_AGE) return 'adult'
  return age >= childAgeLimit ? 'youth' : 'child'
}
