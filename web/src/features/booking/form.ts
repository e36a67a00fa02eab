import type { Shape } from '../../protocol/api'

export type Form = Shape<'BookVisit'>['form']

/** What a visit can be besides its patient's age (B1), the usual one first. */
export const FORMS = ['individual', 'team', 'group', 'relative'] as const satisfies readonly Form[]

/** The reason that every conversation with a relative has (B7): the record's own word, whatever language is read. */
export const RELATIVE_REASON = 'Anhörigsamtal'

export function isForm(value: unknown): value is Form {
  return FORMS.some((form) => form === value)
}
