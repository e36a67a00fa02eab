import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'

/** What whoever changes this booking must know: where it comes from, and what it belongs to (V4, B7). */
export function Standing({ visit }: { visit: Shape<'VisitView'> }) {
  const external = visit.external ? `${t('rebooking.external')} ${t('rebooking.externalText')}` : null
  const series = visit.series_id === '' ? null : t('rebooking.inSeries')
  const relative = visit.form === 'relative' ? t('rebooking.relativeNote') : null
  return (
    <>
      {[external, series, relative].map(
        (text) =>
          text !== null && (
            <p key={text} class="notice">
              {text}
            </p>
          ),
      )}
    </>
  )
}
