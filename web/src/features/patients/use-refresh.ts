import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { say } from '../../ui/toasts'

type Patient = Shape<'PatientView'>

/** Uppdatera: the register's facts fetched anew, one fetch at a time (P3, P5). */
export function useRefresh(patient: Patient, onChanged: (patient: Patient) => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const refresh = async () => {
    setBusy(true)
    try {
      const path = { patient_id: patient.patient_id }
      onChanged(await answer(api.POST('/patients/{patient_id}/refresh', { params: { path } })))
      setProblem(null)
      say(t('patients.refreshed'))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { refresh, busy, problem }
}
