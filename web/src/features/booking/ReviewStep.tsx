import { Send } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { clockTime, localDate } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSession } from '../staff-shell/session'
import type { Draft } from './draft'
import { MessageCards } from './MessageCards'
import { Overlaps } from './Overlaps'
import { bookingOf, repeats } from './request'
import { SeriesDates } from './SeriesDates'
import { WizardActions } from './WizardActions'

interface ReviewStepProps {
  draft: Draft
  /** Null while read, and of a group. */
  patient: Shape<'PatientView'> | null
  onBooked: (booked: Shape<'BookedVisit'>) => void
}

/** What each person will receive, as they will see it; then the one click that books and sends (B2). */
export function ReviewStep({ draft, patient, onBooked }: ReviewStepProps) {
  const { child_age_limit: childAgeLimit } = useSession()
  const [openedMs] = useState(Date.now)
  const ready = patient !== null || draft.form === 'group'
  const booking = ready ? bookingOf(draft, patient, childAgeLimit, openedMs) : null
  const preview = useResource(booking === null ? null : JSON.stringify(booking), () => previewOf(booking))
  const { busy, problem, book } = useBooking(booking, preview.data !== null, onBooked)
  const series = preview.data?.series ?? []
  return (
    <div class="step-form">
      <Overlaps overlaps={preview.data?.overlaps ?? []} day={localDate(booking?.starts_at ?? openedMs)} />
      {repeats(draft) && series.length > 0 && (
        <SeriesDates
          dates={series.map(({ starts_at }) => ({ day: localDate(starts_at), time: clockTime(starts_at) }))}
        />
      )}
      <section class="sent" aria-labelledby="sent-title">
        <h3 id="sent-title" class="step-form__title">
          {t('booking.whatIsSent')}
        </h3>
        {repeats(draft) && <p class="quiet">{t('booking.seriesInvited')}</p>}
        {preview.problem !== null && <PreviewProblem problem={preview.problem} onRetry={preview.reload} />}
        {preview.problem === null && <MessageCards messages={preview.data?.messages ?? null} />}
      </section>
      {problem !== null && (
        <ErrorCard
          problem={problem}
          kept={t(problem.status === 0 ? 'booking.perhapsBooked' : 'booking.kept')}
        />
      )}
      <WizardActions back="deltagare">
        <Button
          busy={busy}
          disabled={preview.data === null}
          icon={<Send size={18} aria-hidden="true" />}
          onClick={book}
        >
          {t('booking.createAndSend')}
        </Button>
      </WizardActions>
    </div>
  )
}

/** The one sending: a second click while it is under way does nothing, and the server books one request once. */
function useBooking(
  booking: Shape<'BookVisit'> | null,
  previewed: boolean,
  onBooked: ReviewStepProps['onBooked'],
) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const book = async () => {
    if (busy || booking === null || !previewed) return
    setBusy(true)
    try {
      onBooked(await answer(api.POST('/visits', { body: booking })))
    } catch (thrown) {
      setProblem(asProblem(thrown))
      setBusy(false)
    }
  }
  return { busy, problem, book }
}

async function previewOf(booking: Shape<'BookVisit'> | null): Promise<Shape<'BookingPreview'>> {
  if (booking === null) return { messages: [], overlaps: [], series: [] }
  return answer(api.POST('/visits/preview', { body: booking }))
}

/** What cannot be sent as it is must be corrected; anything else is tried again. */
function PreviewProblem({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  if (problem.retryable) return <ErrorCard problem={problem} onRetry={onRetry} />
  return <ErrorCard problem={problem} kept={t('booking.correct')} />
}
