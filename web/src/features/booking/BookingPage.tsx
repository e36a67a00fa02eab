import { useEffect, useRef, useState } from 'preact/hooks'
import { useSearch } from 'wouter-preact'
import { navigate } from 'wouter-preact/use-browser-location'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { useTitle } from '../../ui/use-title'
import { Confirmation } from './Confirmation'
import { type Draft, newDraft, personId } from './draft'
import { forgetDraft, keepDraft, keptDraft } from './kept-draft'
import { PatientStep } from './PatientStep'
import { PeopleStep } from './PeopleStep'
import { ReviewStep } from './ReviewStep'
import { StepHeading } from './StepHeading'
import { Stepper } from './Stepper'
import { Summary } from './Summary'
import { goTo, type Step, useStep } from './steps'
import { TimeStep } from './TimeStep'
import { patientOf, useGroup } from './use-group'
import './booking.css'
import './booking-parts.css'

/** The booking wizard: Patient, Tid, Deltagare, Granska (B2). Nothing is sent before the last click. */
export function BookingPage() {
  const { draft, change, startOver } = useDraft()
  const [booked, setBooked] = useState<Shape<'BookedVisit'> | null>(null)
  const { index, step } = useStep(draft, Date.now())
  const moved = useMoved(step)
  const id = personId(draft)
  const patient = useResource(id, () => patientOf(id ?? ''))
  const group = useGroup(draft.form === 'group' ? draft.group.map((each) => each.patientId) : [])
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
    forgetDraft()
    // A visit that has begun is gone to at once; what would be confirmed stands on its page.
    if (draft.startNow) navigate(`/besok/${answered.visit.visit_id}`, { replace: true })
    else setBooked(answered)
  }
  return (
    <div class="booking">
      <h1 class="page-title">{t('booking.title')}</h1>
      <Stepper index={index} />
      <div class="booking__step">
        <StepHeading key={step} step={step} focused={moved} />
        {step === 'patient' && (
          <PatientStep draft={draft} patient={patient} group={group} onChange={change} searchFirst={!moved} />
        )}
        {step === 'tid' && <TimeStep draft={draft} patient={patient.data} onChange={change} />}
        {step === 'deltagare' && (
          <PeopleStep draft={draft} patient={patient} colleagues={colleagues} onChange={change} />
        )}
        {step === 'granska' && <ReviewStep draft={draft} patient={patient.data} onBooked={done} />}
      </div>
      <Summary
        draft={draft}
        patient={patient.data}
        group={group}
        colleagues={colleagues.data}
        index={index}
      />
    </div>
  )
}

/** Whether another step has been open on this page before. */
function useMoved(step: Step): boolean {
  const first = useRef(step)
  const moved = useRef(false)
  if (step !== first.current) moved.current = true
  return moved.current
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
