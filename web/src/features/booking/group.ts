import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { GroupMember } from './draft'
import { type Kind, kindOn } from './kind'

type Patient = Shape<'PatientView'>

export const LEAST_PATIENTS = 2
export const MOST_PATIENTS = 20

/** What keeps one patient from being booked in a group (B8). */
export type MemberFault = 'register' | 'child' | 'contact' | 'sameName' | null

/** The name that the others of the group see: the written one, else by place. */
export function shownName(member: GroupMember, place: number): string {
  return member.displayName.trim() || t('booking.group.defaultName', { number: place + 1 })
}

/** `kind`: by the age on the visit's day. A child has no e-ID, and a group no ombud. */
function patientFault(patient: Patient, kind: Kind): MemberFault {
  if (patient.problem !== null) return 'register'
  if (kind === 'child') return 'child'
  return patient.phone === '' ? 'contact' : null
}

/** Of each member by place; a patient who is not read yet has no fault. */
export function faultsOf(
  members: readonly GroupMember[],
  patients: ReadonlyMap<string, Patient>,
  day: string,
  childAgeLimit: number,
): MemberFault[] {
  const names = members.map(shownName)
  return members.map(({ patientId }, place) => {
    const patient = patients.get(patientId)
    const fault = patient && patientFault(patient, kindOn(patient.birth_date, day, childAgeLimit))
    if (fault) return fault
    return names.some((name, other) => other < place && isSame(name, names[place] ?? '')) ? 'sameName' : null
  })
}

function isSame(one: string, other: string): boolean {
  return one.toLocaleLowerCase('sv') === other.toLocaleLowerCase('sv')
}
