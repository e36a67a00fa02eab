import { Send } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSession } from '../staff-shell/session'
import { bookingOf, type Draft } from './draft'
import { MessageCards } from './MessageCards'
import { WizardActions } from './WizardActions'

interface ReviewStepProps {
  draft: Draft
  patient: Shape<'PatientView'> | null
  onBooked: (booked: Shape<'BookedVisit'>) => void
}

/** What each person will receive, as they will see it; then the one click that books and sends (B2). */
export function ReviewStep({ draft, patient, onBooked }: ReviewStepProps) {
  const { child_age_limit: childAgeLimit } = useSession()
  const booking = patient === null ? null : bookingOf(draft, patient, childAgeLimit)
  const preview = useResource(booking === null ? null : JSON.stringify(booking), () => previewOf(booking))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const book = async () => {
    if (busy || booking === null || preview.data === null) return
    setBusy(true)
    try {
      onBooked(await answer(api.POST('/visits', { body: booking })))
    } catch (thrown) {
      setProblem(asProblem(thrown))
      setBusy(false)
    }
  }
  return (
    <div class="step-form">
      <h2 class="step-form__title">{t('booking.whatIsSent')}</h2>
      {preview.problem !== null && <PreviewProblem problem={preview.problem} onRetry={preview.reload} />}
      {preview.problem === null && <MessageCards messages={preview.data?.messages ?? null} />}
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

async function previewOf(booking: Shape<'BookVisit'> | null): Promise<Shape<'BookingPreview'>> {
  if (booking === null) return { messages: [] }
  return answer(api.POST('/visits/preview', { body: booking }))
}

/** What cannot be sent as it is must be corrected; anything else is tried again. */
function PreviewProblem({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  if (problem.retryable) return <ErrorCard problem={problem} onRetry={onRetry} />
  return <ErrorCard problem={problem} kept={t('booking.correct')} />
}
