import type { Shape } from '../../protocol/api'

type Kind = Shape<'VisitView'>['kind']
export type Guardian = Shape<'GuardianView'>

/** What is asked of a child: who its guardians are, and whether anyone may act for it. */
export interface Child {
  patient_id: string
  version: number
  protected: boolean
  guardians: Guardian[]
  guardians_withheld: boolean
}

/** A visit's ombud and primary contact by guardian id; `''` is nobody, null not chosen yet. */
export interface Choice {
  ombudId: string | null
  primaryId: string | null
}

export const NOTHING_CHOSEN: Choice = { ombudId: null, primaryId: null }

/** Why nobody can act for the child, if so. */
export type Obstacle = 'childProtected' | 'noGuardian' | 'nobodyMayAct' | null

export function obstacleOf(child: Pick<Child, 'protected' | 'guardians'>): Obstacle {
  if (child.protected) return 'childProtected'
  if (child.guardians.length === 0) return 'noGuardian'
  return child.guardians.some(mayAct) ? null : 'nobodyMayAct'
}

export function mayAct(guardian: Guardian): boolean {
  return guardian.refusal === null
}

/**
 * Of a child, the one guardian who can act is chosen beforehand, unless someone of the family is protected (P5); a youth
 * decides alone (B5).
 */
export function withPreselection(child: Child, kind: Kind, choice: Choice): Choice {
  if (kind !== 'child') return { ombudId: null, primaryId: choice.primaryId ?? '' }
  const free = child.guardians.filter(mayAct)
  const someoneProtected = child.protected || child.guardians.some((guardian) => guardian.protected)
  const only = free.length === 1 && !someoneProtected ? (free[0]?.guardian_id ?? null) : null
  return { ombudId: choice.ombudId ?? only, primaryId: choice.primaryId ?? only ?? '' }
}

/** The guardian who is ombud, if there is one and they may be. */
export function ombudOf(child: Child, choice: Choice): Guardian | null {
  return child.guardians.find((each) => each.guardian_id === choice.ombudId && mayAct(each)) ?? null
}

/** As the API takes it: one entry for each guardian who is something in the visit. */
export function relationsOf({ ombudId, primaryId }: Choice): Shape<'RelationChoice'>[] {
  const ids = [...new Set([ombudId, primaryId])].filter((id): id is string => id !== null && id !== '')
  return ids.map((id) => ({ guardian_id: id, ombud: id === ombudId, primary_contact: id === primaryId }))
}
