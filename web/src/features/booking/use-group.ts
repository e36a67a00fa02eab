import { useEffect, useState } from 'preact/hooks'
import { answer, api, type Shape } from '../../protocol/api'
import type { ApiProblem } from '../../protocol/problem'
import { useResource } from '../../protocol/use-resource'

type Patient = Shape<'PatientView'>

export interface Group {
  /** Those who have been read, by id. */
  patients: ReadonlyMap<string, Patient>
  problem: ApiProblem | null
  reload: () => void
  /** Puts in one who was found, created or changed. */
  put: (patient: Patient) => void
}

/** The patients of a group: found ones are at hand, and only those of an earlier page are read, all at once (B8). */
export function useGroup(ids: readonly string[]): Group {
  const [patients, setPatients] = useState<ReadonlyMap<string, Patient>>(new Map())
  const missing = ids.filter((id) => !patients.has(id))
  const reading = useResource(missing.length === 0 ? null : missing.join(' '), () =>
    Promise.all(missing.map(patientOf)),
  )
  const { data } = reading
  useEffect(() => {
    if (data !== null) setPatients((before) => withThem(before, data))
  }, [data])
  return {
    patients,
    problem: reading.problem,
    reload: reading.reload,
    put: (patient) => setPatients((before) => withThem(before, [patient])),
  }
}

export function patientOf(patientId: string): Promise<Patient> {
  return answer(api.GET('/patients/{patient_id}', { params: { path: { patient_id: patientId } } }))
}

function withThem(
  known: ReadonlyMap<string, Patient>,
  more: readonly Patient[],
): ReadonlyMap<string, Patient> {
  return new Map([...known, ...more.map((patient) => [patient.patient_id, patient] as const)])
}
