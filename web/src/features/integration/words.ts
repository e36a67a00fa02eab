import { t } from '../../i18n'
import { sv } from '../../i18n/sv'
import { clockTime, localDate } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { problemCodeText } from '../../ui/problem-text'

export type Summary = Shape<'MessageSummary'>
type KnownWhy = keyof typeof sv.integration.why

/** Why it became so, in words; a refusal has those of its problem. Empty where the outcome says it all. */
export function whyWords({ why }: Pick<Summary, 'why'>): string {
  if (Object.hasOwn(sv.integration.why, why)) return t(`integration.why.${why as KnownWhy}`)
  return why === '' || !Object.hasOwn(sv.problems, why) ? '' : problemCodeText(why)
}

/** `2026-11-22 09:30:05`, so that the column sorts. */
export function momentWords(at: string): string {
  const seconds = String(new Date(at).getUTCSeconds()).padStart(2, '0')
  return `${localDate(at)} ${clockTime(at)}:${seconds}`
}

/** JSON with its lines apart; anything else as it came. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
