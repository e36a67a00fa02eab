import { Send } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { PatientCard } from '../patients/PatientCard'
import {
  type Choice,
  NOTHING_CHOSEN,
  obstacleOf,
  ombudOf,
  relationsOf,
  withPreselection,
} from '../relations/choice'
import { GuardianList } from '../relations/GuardianList'
import { RelationChoice } from '../relations/RelationChoice'
import { CreateFromBooking } from './CreateFromBooking'

type Patient = Shape<'PatientView'>

interface CompletionProps {
  booking: Shape<'PendingBooking'>
  /** The patient is other than before: the booking may have become a visit by itself. */
  onChanged: () => void
  onDone: () => void
}

/** What is missing, as the one thing to do now: the patient, a way to reach them, or a child's ombud; then the sending. */
export function Completion({ booking, onChanged, onDone }: CompletionProps) {
  const [madeId, setMadeId] = useState<string | null>(null)
  const patientId = booking.patient_id ?? madeId
  const patient = useResource(patientId, () => patientOf(patientId ?? ''))
  const changed = (after: Patient) => {
    patient.replace(after)
    onChanged()
  }
  if (patientId === null) {
    return (
      <CreateFromBooking
        bookingId={booking.booking_id}
        onCreated={(made) => {
          setMadeId(made.patient_id)
          onChanged()
        }}
      />
    )
  }
  return (
    <>
      {patient.problem !== null && <ErrorCard problem={patient.problem} onRetry={patient.reload} />}
      {patient.data !== null && (
        <>
          <Asked patient={patient.data} missing={booking.missing} />
          {!familyAlone(patient.data) && (
            <PatientCard patient={patient.data} onChanged={changed} onNumber={() => undefined} />
          )}
          <Sending booking={booking} patient={patient.data} onPatient={changed} onDone={onDone} />
        </>
      )}
    </>
  )
}

/** Of a child who can be booked nothing is asked but who acts: the guardians stand where one of them is chosen. */
function familyAlone(patient: Patient): boolean {
  return patient.kind === 'child' && patient.problem === null && obstacleOf(patient) === null
}

function Asked({ patient, missing }: { patient: Patient; missing: Shape<'PendingBooking'>['missing'] }) {
  const asked = patient.kind !== 'child' && patient.phone === '' ? 'contact' : missing
  if (asked === 'unknown_patient' || (asked === 'contact' && patient.phone !== '')) return null
  return (
    <p class="notice" data-tone="warning">
      {t(`pending.help.${asked}`)}
    </p>
  )
}

interface SendingProps {
  booking: Shape<'PendingBooking'>
  patient: Patient
  onPatient: (patient: Patient) => void
  onDone: () => void
}

/** A child's ombud and primary contact, and the click that makes the visit; not for whom nothing can be booked. */
function Sending({ booking, patient, onPatient, onDone }: SendingProps) {
  const [choice, setChoice] = useState<Choice>(NOTHING_CHOSEN)
  const [asked, setAsked] = useState(false)
  const isChild = patient.kind === 'child'
  const chosen = withPreselection(patient, patient.kind, choice)
  const ombud = isChild ? ombudOf(patient, chosen) : null
  const { busy, problem, complete } = useComplete(booking.booking_id, onDone)
  if (patient.problem !== null || (isChild && obstacleOf(patient) !== null)) return null
  if (!isChild && patient.phone === '') return null

  const fault = isChild ? ombudFault(ombud) : null
  const send = () => {
    setAsked(true)
    if (fault === null) void complete(isChild ? relationsOf(chosen) : [])
  }
  return (
    <section class={`completing__send ${isChild ? 'card' : ''}`} aria-labelledby="send-title">
      {isChild && (
        <>
          <h2 id="send-title">{t('relations.title')}</h2>
          <GuardianList child={patient} onChanged={onPatient} />
          <RelationChoice
            child={patient}
            hasOmbud={true}
            choice={chosen}
            onChoice={setChoice}
            error={asked && fault !== null ? t(`relations.${fault}`) : null}
          />
        </>
      )}
      {!isChild && (
        <p id="send-title" class="quiet">
          {t('pending.ready')}
        </p>
      )}
      {problem !== null && <ErrorCard problem={problem} kept={t('booking.kept')} />}
      <Button busy={busy} icon={<Send size={18} aria-hidden="true" />} onClick={send}>
        {t('pending.send')}
      </Button>
    </section>
  )
}

function ombudFault(ombud: Shape<'GuardianView'> | null): 'chooseOmbud' | 'ombudNeedsPhone' | null {
  if (ombud === null) return 'chooseOmbud'
  return ombud.phone === '' ? 'ombudNeedsPhone' : null
}

/** One completing at a time. A booking that is not there any more has become a visit by itself meanwhile. */
function useComplete(bookingId: string, onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const complete = async (relations: Shape<'RelationChoice'>[]) => {
    if (busy) return
    setBusy(true)
    try {
      const path = { booking_id: bookingId }
      await answer(
        api.POST('/pending-bookings/{booking_id}/complete', { params: { path }, body: { relations } }),
      )
      onDone()
    } catch (thrown) {
      const failed = asProblem(thrown)
      if (failed.code === 'not_found') return onDone()
      setProblem(failed)
      setBusy(false)
    }
  }
  return { busy, problem, complete }
}

function patientOf(patientId: string): Promise<Patient> {
  return answer(api.GET('/patients/{patient_id}', { params: { path: { patient_id: patientId } } }))
}
