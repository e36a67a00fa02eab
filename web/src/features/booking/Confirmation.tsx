import { CircleCheck, Copy } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime, localDate, longDay } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { copy } from '../../ui/toasts'

interface ConfirmationProps {
  booked: Shape<'BookedVisit'>
  onAgain: () => void
}

/** What was booked, in the server's words, and the guest link to share (B2). */
export function Confirmation({ booked, onAgain }: ConfirmationProps) {
  const { visit, guest_link: guestLink } = booked
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <div class="confirmation">
      <CircleCheck size={40} aria-hidden="true" />
      <h1 ref={title} class="page-title" tabIndex={-1}>
        {t('booking.booked')}
      </h1>
      <p class="confirmation__when">
        {t('booking.bookedFor', {
          name: visit.patient.protected ? t('common.protectedIdentity') : visit.patient.name,
          day: longDay(localDate(visit.starts_at)),
          time: clockTime(visit.starts_at),
        })}
      </p>
      <p class="quiet">{t('booking.onTheWay')}</p>
      {guestLink !== '' && (
        <div class="confirmation__link">
          <p>{t('booking.guestLinkHelp')}</p>
          <Button
            variant="secondary"
            icon={<Copy size={18} aria-hidden="true" />}
            onClick={() => void copy(guestLink)}
          >
            {t('booking.copyLink')}
          </Button>
        </div>
      )}
      <div class="confirmation__actions">
        <Link class="ds-button" href={`/besok/${visit.visit_id}`}>
          {t('booking.openVisit')}
        </Link>
        <Button variant="tertiary" onClick={onAgain}>
          {t('booking.another')}
        </Button>
      </div>
    </div>
  )
}
