import { currentLanguage, t } from '../i18n'
import { sv } from '../i18n/sv'
import type { ApiProblem } from '../protocol/problem'

type KnownCode = keyof typeof sv.problems

/** The words for a failed call in the user's language; a code without words of its own gets the general ones. */
export function problemText(problem: ApiProblem): string {
  return problemCodeText(problem.code)
}

/** The words for a problem's code alone, as the login page gets it in its address. */
export function problemCodeText(code: string): string {
  const known = Object.hasOwn(sv.problems, code) ? (code as KnownCode) : 'unknown'
  return t(`problems.${known}`, { lng: currentLanguage() })
}
