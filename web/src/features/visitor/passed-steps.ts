import type { View } from './use-visit'

/** Steps that one has gone through in this tab are not asked again when the page is read anew. */
export type PassedStep = 'name' | 'about' | 'test'

export function hasPassed(view: View, step: PassedStep): boolean {
  return sessionStorage.getItem(keyOf(view, step)) !== null
}

export function rememberPassed(view: View, step: PassedStep): void {
  sessionStorage.setItem(keyOf(view, step), 'yes')
}

function keyOf(view: View, step: PassedStep): string {
  return `vardrum.passed.${step}.${view.participant_id}`
}
