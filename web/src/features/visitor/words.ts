import { t } from '../../i18n'
import type { sv } from '../../i18n/sv'
import { clockTime, localDate, longDay } from '../../i18n/time'
import type { View } from './use-visit'

/**
 * What the visit is called, as in the messages: only the patient reads of a visit. A relative, a guest and who acts for a
 * child read of a video meeting, as the visit is somebody's (B4, B7, G2); the patients of a group have words of their own
 * where there are others to think of (B8).
 */
export type Words = 'visit' | 'meeting' | 'group'

export function wordsOf(view: Pick<View, 'form' | 'role'>): Words {
  if (view.form === 'relative' || view.role !== 'patient') return 'meeting'
  return view.form === 'group' ? 'group' : 'visit'
}

type Key = `visitor.${keyof typeof sv.visitor}` | `selfService.${keyof typeof sv.selfService}`

/** A text in the visit's own words, where it has any. The key's type is one of those that have. */
export function inWords(key: Key, context: Words): string {
  return t(key as 'visitor.endedTitle', { context })
}

/** `onsdag 25 november`. */
export function dayOf(view: Pick<View, 'starts_at'>): string {
  return longDay(localDate(view.starts_at))
}

/** `Onsdag 25 november`, to begin a sentence with. */
export function dayFirst(view: Pick<View, 'starts_at'>): string {
  const day = dayOf(view)
  return day.charAt(0).toUpperCase() + day.slice(1)
}

/** `09:30–10:00`. */
export function hoursOf(view: Pick<View, 'starts_at' | 'ends_at'>): string {
  return t('selfService.time', { from: clockTime(view.starts_at), to: clockTime(view.ends_at) })
}
