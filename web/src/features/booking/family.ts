import type { Shape } from '../../protocol/api'
import { type Choice, mayAct, obstacleOf, ombudOf, withPreselection } from '../relations/choice'
import type { Guest } from './draft'
import type { Kind } from './kind'

type Patient = Shape<'PatientView'>

/** What keeps the booking from going on: `obstacle` cannot be put right here. */
export type FamilyFault = 'obstacle' | 'chooseOmbud' | 'ombudNeedsPhone' | 'youthNeedsPhone' | null

export function familyFault(patient: Patient, kind: Kind, choice: Choice): FamilyFault {
  if (kind === 'adult') return null
  if (kind === 'youth') return patient.phone === '' ? 'youthNeedsPhone' : null
  if (obstacleOf(patient) !== null) return 'obstacle'
  const ombud = ombudOf(patient, withPreselection(patient, kind, choice))
  if (ombud === null) return 'chooseOmbud'
  return ombud.phone === '' ? 'ombudNeedsPhone' : null
}

/** The guardians who may be asked along as guests: all but the ombud, and none who is protected (B4, B5, P5). */
export function otherGuardians(patient: Patient | null, kind: Kind, choice: Choice): Guest[] {
  if (patient === null) return []
  const { ombudId } = withPreselection(patient, kind, choice)
  if (kind === 'adult' || (kind === 'child' && ombudId === null)) return []
  return patient.guardians
    .filter((guardian) => mayAct(guardian) && guardian.guardian_id !== ombudId)
    .map(({ name, phone, email }) => ({ name, phone, email: email ?? '', kind: 'relative' }))
}
