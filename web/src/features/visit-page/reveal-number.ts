import { answer, api } from '../../protocol/api'

/** A patient's whole number, the showing of which is logged. */
export async function revealNumber(patientId: string): Promise<string> {
  const path = { patient_id: patientId }
  const { number } = await answer(api.POST('/patients/{patient_id}/number', { params: { path } }))
  return number
}
