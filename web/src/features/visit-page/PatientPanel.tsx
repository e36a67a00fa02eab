import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { phoneWords } from '../../i18n/phone'
import { answer, api, type Shape } from '../../protocol/api'
import { MaskedNumber } from '../../ui/MaskedNumber'
import { ProtectedBadge } from '../../ui/ProtectedBadge'

/** Who the visit is for. */
export function PatientPanel({ patient }: { patient: Shape<'PatientOfVisit'> }) {
  const reveal = async () => {
    const path = { patient_id: patient.patient_id }
    const { number } = await answer(api.POST('/patients/{patient_id}/number', { params: { path } }))
    return number
  }
  return (
    <div class="panel patient-panel">
      {patient.protected && <ProtectedBadge />}
      <h2>
        {patient.name} <span class="quiet">{ageWords(patient.age)}</span>
      </h2>
      <MaskedNumber masked={patient.number_masked} reveal={reveal} />
      <dl class="patient-panel__contacts">
        <dt class="ds-sr-only">{t('visitPage.phone')}</dt>
        <dd class="numbers">{phoneWords(patient.phone)}</dd>
        {patient.email !== null && (
          <>
            <dt class="ds-sr-only">{t('visitPage.email')}</dt>
            <dd>{patient.email}</dd>
          </>
        )}
      </dl>
    </div>
  )
}
