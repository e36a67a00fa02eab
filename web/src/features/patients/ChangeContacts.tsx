import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { ContactFields } from './ContactFields'
import { useContacts } from './use-contacts'

interface ChangeContactsProps {
  patient: Shape<'PatientView'>
  onDone: (patient: Shape<'PatientView'>) => void
  onCancel: () => void
}

export function ChangeContacts({ patient, onDone, onCancel }: ChangeContactsProps) {
  const path = { patient_id: patient.patient_id }
  const form = useContacts(
    { phone: patient.phone, email: patient.email ?? '' },
    (contacts) => answer(api.PUT('/patients/{patient_id}/contacts', { params: { path }, body: contacts })),
    onDone,
  )
  return (
    <form class="contact-form" noValidate onSubmit={form.submit}>
      <ContactFields contacts={form.contacts} onContacts={form.change} problem={form.problem} />
      {form.general !== null && <ErrorCard problem={form.general} kept={t('patients.kept')} />}
      <div class="patient-card__actions">
        <Button type="submit" busy={form.busy}>
          {t('patients.save')}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
