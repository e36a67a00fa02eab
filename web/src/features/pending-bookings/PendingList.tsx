import { useId, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime, localDate, shortDay } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import './pending.css'

type Pending = Shape<'PendingBooking'>

const SHOWN_AT_FIRST = 3

/** Väntar på patientuppgifter: bookings of another system that cannot be visits yet; a row's one button completes it (V3). */
export function PendingList({ bookings }: { bookings: readonly Pending[] }) {
  const titleId = useId()
  const [all, setAll] = useState(false)
  if (bookings.length === 0) return null
  const shown = all ? bookings : bookings.slice(0, SHOWN_AT_FIRST)
  return (
    <section class="pending" aria-labelledby={titleId}>
      <h2 id={titleId}>{t('pending.title')}</h2>
      <ul class="pending__rows">
        {shown.map((booking) => (
          <PendingRow key={booking.booking_id} booking={booking} />
        ))}
      </ul>
      {bookings.length > shown.length && (
        <Button variant="tertiary" onClick={() => setAll(true)}>
          {t('pending.showAll', { number: bookings.length })}
        </Button>
      )}
    </section>
  )
}

function PendingRow({ booking }: { booking: Pending }) {
  const rowId = useId()
  const [, navigate] = useLocation()
  return (
    <li class="pending-row">
      <time id={rowId} class="pending-row__time" dateTime={booking.starts_at}>
        <span class="pending-row__day">{shortDay(localDate(booking.starts_at))}</span>{' '}
        {clockTime(booking.starts_at)}
      </time>
      <div class="pending-row__who">
        {booking.protected && <ProtectedBadge />}
        {booking.name !== '' && <span class="pending-row__name">{booking.name}</span>}
        <span class="quiet numbers">{booking.number_masked}</span>
      </div>
      <p class="pending-row__missing">{t(`pending.missing.${booking.missing}`)}</p>
      <Button
        class="pending-row__action"
        data-row-action=""
        variant="secondary"
        aria-describedby={rowId}
        onClick={() => navigate(`/komplettera/${booking.booking_id}`)}
      >
        {t(`pending.action.${booking.missing}`)}
      </Button>
    </li>
  )
}
