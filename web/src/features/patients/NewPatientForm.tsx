import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ContactFields } from '../../ui/contacts/ContactFields'
import { useContacts } from '../../ui/contacts/use-contacts'
import { ErrorCard } from '../../ui/ErrorCard'

interface NewPatientFormProps {
  number: string
  /** A child has an ombud, whose number is used (P4). */
  isChild: boolean
  onCreated: (patient: Shape<'PatientView'>) => void
}

export function NewPatientForm({ number, isChild, onCreated }: NewPatientFormProps) {
  const form = useContacts({
    initial: { phone: '', email: '' },
    phoneRequired: !isChild,
    save: (contacts) => answer(api.POST('/patients', { body: { number, ...contacts } })),
    onSaved: onCreated,
  })
  return (
    <form class="contact-form" noValidate onSubmit={form.submit}>
      {isChild ? (
        <p>{t('patients.childNeedsNoPhone')}</p>
      ) : (
        <ContactFields contacts={form.contacts} onContacts={form.change} problem={form.problem} />
      )}
      {form.general !== null && <ErrorCard problem={form.general} kept={t('patients.kept')} />}
      <Button type="submit" busy={form.busy}>
        {t('patients.create')}
      </Button>
    </form>
  )
}
