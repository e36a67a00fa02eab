import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { ContactFields } from './ContactFields'
import { useContacts } from './use-contacts'

interface NewPatientFormProps {
  number: string
  onCreated: (patient: Shape<'PatientView'>) => void
}

export function NewPatientForm({ number, onCreated }: NewPatientFormProps) {
  const form = useContacts(
    { phone: '', email: '' },
    (contacts) => answer(api.POST('/patients', { body: { number, ...contacts } })),
    onCreated,
  )
  return (
    <form class="contact-form" noValidate onSubmit={form.submit}>
      <ContactFields contacts={form.contacts} onContacts={form.change} problem={form.problem} />
      {form.general !== null && <ErrorCard problem={form.general} kept={t('patients.kept')} />}
      <Button type="submit" busy={form.busy}>
        {t('patients.create')}
      </Button>
    </form>
  )
}
