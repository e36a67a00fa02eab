import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { View } from './use-visit'
import { dayFirst, wordsOf } from './words'

/** When, with whom, where: what makes one sure to be in the right place. */
export function VisitHeading({ view }: { view: View }) {
  return (
    <div class="visit-heading">
      <p class="visit-heading__time">
        {t('visitor.visitAt', { context: wordsOf(view), time: clockTime(view.starts_at) })}
        {view.clinician_name !== '' && ` ${t('visitor.with', { name: view.clinician_name })}`}
      </p>
      <p>{dayAndUnit(view)}</p>
    </div>
  )
}

/** The unit is not told before one has identified oneself: it may say what the visit is about. */
export function dayAndUnit(view: View): string {
  const day = dayFirst(view)
  return view.unit_name === '' ? day : `${day} · ${view.unit_name}`
}

/** The unit, or the organisation to those who are not told of the unit. */
export function placeOf(view: View): string {
  return view.unit_name === '' ? view.org_name : view.unit_name
}
