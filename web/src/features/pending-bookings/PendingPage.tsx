import { ChevronLeft } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime, localDate, longDay } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { ErrorCard } from '../../ui/ErrorCard'
import { SkeletonLine } from '../../ui/Skeleton'
import { say } from '../../ui/toasts'
import { useTitle } from '../../ui/use-title'
import { useLive } from '../staff-shell/live'
import { Completion } from './Completion'
import { usePending } from './use-pending'
import './pending.css'

/** One booking of another system, and what it takes to make it a visit (V3). It leaves by itself once it is one. */
export function PendingPage({ bookingId }: { bookingId: string }) {
  useTitle(t('pending.complete'))
  const [, navigate] = useLocation()
  const pending = usePending()
  useLive((message) => message.type === 'agenda.changed' && pending.reload(), pending.reload)
  const booking = pending.data?.bookings.find((each) => each.booking_id === bookingId) ?? null
  const last = useRef<Shape<'PendingBooking'> | null>(null)
  if (booking !== null) last.current = booking

  // The answer to the click and the news that the booking is a visit come in any order: the first of them says it.
  const left = useRef(false)
  const done = (startsAt: string) => {
    if (left.current) return
    left.current = true
    say(t('pending.done'))
    navigate(`/?datum=${localDate(startsAt)}`, { replace: true })
  }
  const gone = pending.data !== null && booking === null
  const leave = useRef(done)
  leave.current = done
  useEffect(() => {
    if (gone && last.current !== null) leave.current(last.current.starts_at)
  }, [gone])

  return (
    <div class="completing">
      <Link class="completing__back" href="/">
        <ChevronLeft size={20} aria-hidden="true" /> {t('pending.toStart')}
      </Link>
      <h1 class="page-title">{t('pending.complete')}</h1>
      {pending.problem !== null && <ErrorCard problem={pending.problem} onRetry={pending.reload} />}
      {pending.data === null && pending.problem === null && <SkeletonLine width="20rem" />}
      {gone && last.current === null && <p>{t('pending.gone')}</p>}
      {booking !== null && (
        <>
          <Facts booking={booking} />
          <Completion
            key={booking.booking_id}
            booking={booking}
            onChanged={pending.reload}
            onDone={() => done(booking.starts_at)}
          />
        </>
      )}
    </div>
  )
}

function Facts({ booking }: { booking: Shape<'PendingBooking'> }) {
  return (
    <dl class="completing__facts">
      <div>
        <dt>{t('booking.step.tid')}</dt>
        <dd class="numbers">
          {`${longDay(localDate(booking.starts_at))} ${clockTime(booking.starts_at)}–${clockTime(booking.ends_at)}`}
        </dd>
      </div>
      <div>
        <dt>{t('booking.step.patient')}</dt>
        <dd class="numbers">{[booking.name, booking.number_masked].filter(Boolean).join(', ')}</dd>
      </div>
      {booking.reason !== '' && (
        <div>
          <dt>{t('booking.reason')}</dt>
          <dd>{booking.reason}</dd>
        </div>
      )}
    </dl>
  )
}
