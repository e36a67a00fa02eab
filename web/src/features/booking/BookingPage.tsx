import { useEffect, useState } from 'preact/hooks'
import { useSearch } from 'wouter-preact'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { useTitle } from '../../ui/use-title'
import { Confirmation } from './Confirmation'
import { type Draft, forgetDraft, keepDraft, keptDraft, newDraft } from './draft'
import { PatientStep } from './PatientStep'
import { PeopleStep } from './PeopleStep'
import { ReviewStep } from './ReviewStep'
import { Stepper } from './Stepper'
import { Summary } from './Summary'
import { goTo, useStep } from './steps'
import { TimeStep } from './TimeStep'
import './booking.css'

/** The booking wizard: Patient, Tid, Deltagare, Granska (B2). Nothing is sent before the last click. */
export function BookingPage() {
  const { draft, change, startOver } = useDraft()
  const [booked, setBooked] = useState<Shape<'BookedVisit'> | null>(null)
  const { index, step } = useStep(draft, Date.now())
  const patient = usePatient(draft.patientId)
  const colleagues = useResource('colleagues', () => answer(api.GET('/colleagues')))
  useTitle(booked === null ? t('booking.title') : t('booking.booked'))

  if (booked !== null) {
    const again = () => {
      setBooked(null)
      startOver()
      goTo('patient', true)
    }
    return <Confirmation booked={booked} onAgain={again} />
  }
  const done = (answered: Shape<'BookedVisit'>) => {
    setBooked(answered)
    forgetDraft()
  }
  return (
    <div class="booking">
      <h1 class="page-title">{t('booking.title')}</h1>
      <Stepper index={index} />
      <div class="booking__step">
        {step === 'patient' && <PatientStep draft={draft} patient={patient} onChange={change} />}
        {step === 'tid' && <TimeStep draft={draft} patient={patient.data} onChange={change} />}
        {step === 'deltagare' && (
          <PeopleStep draft={draft} patient={patient} colleagues={colleagues} onChange={change} />
        )}
        {step === 'granska' && <ReviewStep draft={draft} patient={patient.data} onBooked={done} />}
      </div>
      <Summary draft={draft} patient={patient.data} colleagues={colleagues.data} index={index} />
    </div>
  )
}

function usePatient(patientId: string | null) {
  return useResource(patientId, () =>
    answer(api.GET('/patients/{patient_id}', { params: { path: { patient_id: patientId ?? '' } } })),
  )
}

/** The draft of this tab; `/boka?patient=...` begins a new one for that patient. */
function useDraft() {
  const chosen = new URLSearchParams(useSearch()).get('patient')
  const [draft, setDraft] = useState<Draft>(
    () => (chosen === null ? keptDraft() : null) ?? newDraft(Date.now(), chosen),
  )
  useEffect(() => {
    if (chosen !== null) goTo('tid', true)
  }, [chosen])

  useEffect(() => keepDraft(draft), [draft])
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }))
  return { draft, change, startOver: () => setDraft(newDraft(Date.now())) }
}
