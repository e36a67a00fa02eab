import type { Draft } from './draft'
import { isForm } from './form'

const KEPT_AS = 'vardrum.booking'
const TEXTS = ['requestId', 'day', 'time', 'reason'] as const
const NUMBERS = ['durationMinutes', 'everyWeeks', 'times'] as const
const SWITCHES = ['startNow', 'repeats'] as const
const LISTS = ['staff', 'guests', 'group'] as const
const NULLABLE = ['patientId', 'relativeId', 'ombudId', 'primaryId'] as const

export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(KEPT_AS, JSON.stringify(draft))
}

export function forgetDraft(): void {
  sessionStorage.removeItem(KEPT_AS)
}

/** The draft of this tab; null when there is none, or one of another shape. */
export function keptDraft(): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false
  const draft = kept as Partial<Record<keyof Draft, unknown>>
  return (
    isForm(draft.form) &&
    TEXTS.every((name) => typeof draft[name] === 'string') &&
    NUMBERS.every((name) => typeof draft[name] === 'number') &&
    SWITCHES.every((name) => typeof draft[name] === 'boolean') &&
    LISTS.every((name) => Array.isArray(draft[name])) &&
    NULLABLE.every((name) => name in draft) &&
    typeof draft.languages === 'object' &&
    draft.languages !== null
  )
}
