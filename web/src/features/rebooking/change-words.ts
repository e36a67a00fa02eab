import { t } from '../../i18n'
import { fetchedTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

type Visit = Shape<'VisitView'>

const OPEN: readonly Visit['status'][] = ['bokat', 'mottaget', 'pagaende']

/** What became of the booking that was `seen` while someone was changing it: who, what and when. */
export function meanwhileWords(visit: Visit, seen: Visit, nowMs = Date.now()): string {
  const name = visit.rebooked?.name ?? ''
  const at = momentWords(visit, nowMs)
  if (visit.status === 'avbokat') return cancelledMeanwhile(visit, name, at)
  if (!OPEN.includes(visit.status)) return t('rebooking.meanwhile.over')
  if (visit.status === 'pagaende') return t('rebooking.meanwhile.begun')
  const when = fetchedTime(visit.starts_at, nowMs)
  const sameTime = visit.starts_at === seen.starts_at
  if (name === '')
    return t(`rebooking.meanwhile.${sameTime ? 'changedBySystem' : 'movedBySystem'}`, { when, at })
  return t(`rebooking.meanwhile.${sameTime ? 'changed' : 'moved'}`, { name, when, at })
}

function cancelledMeanwhile(visit: Visit, name: string, at: string): string {
  if (visit.cancelled_by === 'patient') return t('rebooking.meanwhile.cancelledByPatient', { at })
  if (visit.cancelled_by === 'system') return t('rebooking.meanwhile.cancelledBySystem', { at })
  return t('rebooking.meanwhile.cancelled', { name, at })
}

/** "Avbokat av Sofia Lindqvist 10:02." of a cancelled visit. */
export function cancelledWords(visit: Visit, nowMs = Date.now()): string {
  const by = visit.cancelled_by ?? 'staff'
  const name = visit.rebooked?.name ?? ''
  return t(`rebooking.cancelledBy.${by}`, { name, at: momentWords(visit, nowMs) })
}

/** "Flyttat hit av Sofia Lindqvist 10:02" of one that was moved; empty of another. */
export function movedWords(visit: Visit, nowMs = Date.now()): string {
  if (visit.rebooked === null || visit.status === 'avbokat') return ''
  const at = momentWords(visit, nowMs)
  const { name } = visit.rebooked
  return name === '' ? t('rebooking.movedBySystem', { at }) : t('rebooking.movedBy', { name, at })
}

function momentWords({ rebooked }: Visit, nowMs: number): string {
  return rebooked === null ? '' : fetchedTime(rebooked.at, nowMs)
}
