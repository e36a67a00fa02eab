import { useSearch } from 'wouter-preact'
import { navigate } from 'wouter-preact/use-browser-location'
import { type Draft, personId, timeFault } from './draft'
import { LEAST_PATIENTS } from './group'

/** The wizard's steps, by their words in the address: the browser's own back goes one step back, too. */
export const STEPS = ['patient', 'tid', 'deltagare', 'granska'] as const

export type Step = (typeof STEPS)[number]

const PARAMETER = 'steg'

/** The step in the address, but none that the draft is not ready for. */
export function useStep(draft: Draft, nowMs: number) {
  const address = new URLSearchParams(useSearch())
  const asked = address.get(PARAMETER) ?? (address.has('patient') ? 'tid' : '')
  const wanted = STEPS.indexOf(asked as Step)
  const index = Math.min(Math.max(wanted, 0), furthest(draft, nowMs))
  return { index, step: STEPS[index] ?? 'patient', goTo }
}

/** Shows a step; `replace` when the page that is left is no place to come back to. */
export function goTo(step: Step, replace = false): void {
  navigate(`/boka?${new URLSearchParams({ [PARAMETER]: step })}`, { replace })
  window.scrollTo(0, 0)
}

function furthest(draft: Draft, nowMs: number): number {
  const chosen = draft.form === 'group' ? draft.group.length >= LEAST_PATIENTS : personId(draft) !== null
  if (!chosen) return STEPS.indexOf('patient')
  if (timeFault(draft, nowMs) !== null) return STEPS.indexOf('tid')
  const alone = draft.form === 'team' && draft.staff.length === 0
  return alone ? STEPS.indexOf('deltagare') : STEPS.length - 1
}
