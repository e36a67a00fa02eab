import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { cancelledWords, movedWords } from './change-words'

/** That the visit was moved, by whom and when, beside the way to move it again (B9). */
export function MovedBy({ visit }: { visit: Shape<'VisitView'> }) {
  const words = movedWords(visit)
  return words === '' ? null : <span class="quiet booking-moved">{words}</span>
}

/** What has become of the booking: cancelled, from the booking system, to be changed by hand (B7, B9, V4). */
export function BookingFacts({ visit }: { visit: Shape<'VisitView'> }) {
  const open = ['bokat', 'mottaget', 'pagaende'].includes(visit.status)
  return (
    <>
      {visit.status === 'avbokat' && (
        <p class="notice booking-fact" data-tone="warning">
          <strong>{cancelledWords(visit)}</strong>{' '}
          {visit.cancel_reason !== '' && t('rebooking.cancelledBecause', { reason: visit.cancel_reason })}
        </p>
      )}
      {open && visit.form === 'relative' && <p class="notice booking-fact">{t('rebooking.relativeNote')}</p>}
      {open && visit.external && (
        <p class="notice booking-fact">
          <strong>{t('rebooking.external')}</strong> {t('rebooking.externalText')}
        </p>
      )}
    </>
  )
}
