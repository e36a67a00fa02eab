import { t } from '../../i18n'
import { clockTime, localDate, longDay } from '../../i18n/time'
import type { View } from './use-visit'

/** When, with whom, where: what makes one sure to be in the right place. */
export function VisitHeading({ view }: { view: View }) {
  return (
    <div class="visit-heading">
      <p class="visit-heading__time">{t('visitor.visitAt', { time: clockTime(view.starts_at) })}</p>
      <p>
        {t('visitor.with', { name: view.clinician_name })}
        <br />
        {longDay(localDate(view.starts_at))} · {view.unit_name}
      </p>
    </div>
  )
}
