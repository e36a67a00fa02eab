import { t } from '../../i18n'
import { clockTime, minutesSince } from '../../i18n/time'
import type { Shape } from '../../protocol/api'

type Waiting = Shape<'AgendaWaiting'>

/** "väntar 4 min"; named when it is not the row's patient; a protected patient has no name here. */
export function waitingWords(person: Waiting, entry: Shape<'AgendaEntry'>, now: number): string {
  const words = person.away
    ? t('startPage.away', { time: clockTime(person.since) })
    : waitingSince(minutesSince(person.since, now))
  const isPatient = person.name === '' || person.name === entry.patient_name
  return isPatient ? words : `${person.name} ${words}`
}

function waitingSince(minutes: number): string {
  return minutes === 0 ? t('startPage.waitingJustCame') : t('startPage.waiting', { minutes })
}
