import { CircleCheck, Copy } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime, localDate, longDay } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { copy } from '../../ui/toasts'
import { SeriesDates } from './SeriesDates'

interface ConfirmationProps {
  booked: Shape<'BookedVisit'>
  onAgain: () => void
}

/** What was booked, in the server's words, the guest link to share (B2), and the visits of a series. */
export function Confirmation({ booked, onAgain }: ConfirmationProps) {
  const { visit, guest_link: guestLink, series } = booked
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <div class="confirmation">
      <CircleCheck size={40} aria-hidden="true" />
      <h1 ref={title} class="page-title" tabIndex={-1}>
        {t(series.length > 0 ? 'booking.bookedSeries' : 'booking.booked')}
      </h1>
      <p class="confirmation__when">{whoAndWhen(visit)}</p>
      <p class="quiet">{t(series.length > 0 ? 'booking.seriesInvited' : 'booking.onTheWay')}</p>
      {visit.form === 'relative' && (
        <p class="notice" data-tone="warning">
          {t('booking.relativeByHand')}
        </p>
      )}
      {series.length > 0 && (
        <SeriesDates
          dates={series.map(({ visit_id, starts_at }) => ({
            day: localDate(starts_at),
            time: clockTime(starts_at),
            action: (
              <Link href={`/besok/${visit_id}`} aria-label={linkName(starts_at)}>
                {t('startPage.open')}
              </Link>
            ),
          }))}
        />
      )}
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

function whoAndWhen(visit: Shape<'VisitView'>): string {
  const day = longDay(localDate(visit.starts_at))
  const time = clockTime(visit.starts_at)
  if (visit.form === 'group') {
    const patients = t('booking.patientCount', { count: visit.patients.length })
    return t('booking.bookedForGroup', { patients, day, time })
  }
  const name = visit.patient.protected ? t('common.protectedIdentity') : visit.patient.name
  return t('booking.bookedFor', { name, day, time })
}

function linkName(startsAt: string): string {
  return `${t('startPage.open')} ${longDay(localDate(startsAt))} ${clockTime(startsAt)}`
}
