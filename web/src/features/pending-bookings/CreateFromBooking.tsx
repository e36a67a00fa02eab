import { UserPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { CreatePatient } from '../patients/CreatePatient'

interface CreateFromBookingProps {
  bookingId: string
  onCreated: (patient: Shape<'PatientView'>) => void
}

/** The patient is created from the booking's number, which is asked for on purpose and logged (V3, S6). */
export function CreateFromBooking({ bookingId, onCreated }: CreateFromBookingProps) {
  const [number, setNumber] = useState<string | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const ask = async () => {
    if (busy) return
    setBusy(true)
    try {
      const path = { booking_id: bookingId }
      const revealed = await answer(api.POST('/pending-bookings/{booking_id}/number', { params: { path } }))
      setNumber(revealed.number)
      setProblem(null)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  if (number !== null) {
    return (
      <CreatePatient key={number} number={number} onCreated={onCreated} onNumber={setNumber} atOnce={true} />
    )
  }
  return (
    <>
      <p class="notice" data-tone="warning">
        {t('pending.help.unknown_patient')}
      </p>
      {problem !== null && <ErrorCard problem={problem} />}
      <Button busy={busy} icon={<UserPlus size={18} aria-hidden="true" />} onClick={() => void ask()}>
        {t('pending.fetch')}
      </Button>
    </>
  )
}
