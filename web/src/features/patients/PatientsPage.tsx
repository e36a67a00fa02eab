import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { useTitle } from '../../ui/use-title'
import { obstacleOf } from '../relations/choice'
import { PatientCard } from './PatientCard'
import { PatientFinder } from './PatientFinder'

interface PatientsPageProps {
  /** The address at which a visit is booked for a patient. */
  bookingAddress: (patientId: string) => string
}

/** Sök patient (P1, P2). Nothing of the search stands in the address. */
export function PatientsPage({ bookingAddress }: PatientsPageProps) {
  useTitle(t('patients.title'))
  const [, navigate] = useLocation()
  const [patient, setPatient] = useState<Shape<'PatientView'> | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <div class="patients">
      <h1 class="page-title">{t('patients.title')}</h1>
      <PatientFinder onPatient={setPatient} asked={asked} />
      {patient !== null && (
        <PatientCard key={patient.patient_id} patient={patient} onChanged={setPatient} onNumber={setAsked}>
          {!isWithoutWay(patient) && (
            <Button onClick={() => navigate(bookingAddress(patient.patient_id))}>{t('patients.book')}</Button>
          )}
        </PatientCard>
      )}
    </div>
  )
}

/** Whether the card says that no video visit can be booked: then no button says the contrary (P5). */
function isWithoutWay(patient: Shape<'PatientView'>): boolean {
  return patient.kind === 'child' && obstacleOf(patient) !== null
}
