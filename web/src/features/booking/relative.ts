import type { Shape } from '../../protocol/api'

/** What keeps a person from being booked for a relative's conversation: an adult who can be reached (B7). */
export type RelativeFault = 'young' | 'contact' | null

export function relativeFault(person: Shape<'PatientView'>): RelativeFault {
  if (person.kind !== 'adult') return 'young'
  return person.phone === '' && (person.email ?? '') === '' ? 'contact' : null
}
