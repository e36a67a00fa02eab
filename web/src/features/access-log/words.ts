import { t } from '../../i18n'
import { sv } from '../../i18n/sv'
import { clockTime, localDate } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

export type Entry = Shape<'AuditEntryView'>
type KnownAction = keyof typeof sv.audit.actions

/** Actions that can be filtered by, in the order of the words' file. */
export const ACTIONS = Object.keys(sv.audit.actions) as KnownAction[]

/** The log's own word for an action, `visit_no_show` -> `visit.no_show`. */
export function actionOf(key: KnownAction): string {
  return key.replace('_', '.')
}

export function actionWords(action: string): string {
  const key = action.replace('.', '_')
  return Object.hasOwn(sv.audit.actions, key)
    ? t(`audit.actions.${key as KnownAction}`)
    : t('audit.unknownAction')
}

/** `2026-11-22 09:30:05`, so that columns and files sort. */
export function momentWords(at: string): string {
  const seconds = new Date(at).getUTCSeconds()
  return `${localDate(at)} ${clockTime(at)}:${String(seconds).padStart(2, '0')}`
}

export function whoWords(entry: Entry): string {
  return entry.user_name === '' ? t('audit.visitor') : entry.user_name
}

/** What beside the action the entry says: the visit, or how much a list showed. */
export function detailWords(entry: Entry): string {
  if (entry.shown_day !== null) {
    return t('audit.shown', { count: entry.shown_visits.length, day: entry.shown_day })
  }
  return entry.visit_id === '' ? '' : t('audit.visitId', { id: entry.visit_id })
}
