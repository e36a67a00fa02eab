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
  /** A relative is reached by phone or e-mail, whichever there is (B7). */
  isRelative: boolean
  onCreated: (patient: Shape<'PatientView'>) => void
}

export function NewPatientForm({ number, isChild, isRelative, onCreated }: NewPatientFormProps) {
  const form = useContacts({
    initial: { phone: '', email: '' },
    phoneRequired: !isChild && !isRelative,
    save: (contacts) =>
      answer(api.POST('/patients', { body: { number, ...contacts, relative: isRelative } })),
    onSaved: onCreated,
  })
  return (
    <form class="contact-form" noValidate onSubmit={form.submit}>
      {isRelative && <p class="quiet">{t('patients.relative.contactHelp')}</p>}
      {isChild ? (
        <p>{t('patients.childNeedsNoPhone')}</p>
      ) : (
        <ContactFields
          contacts={form.contacts}
          onContacts={form.change}
          problem={form.problem}
          phoneRequired={!isRelative}
        />
      )}
      {form.general !== null && <ErrorCard problem={form.general} kept={t('patients.kept')} />}
      <Button type="submit" busy={form.busy}>
        {t(isRelative ? 'patients.relative.create' : 'patients.create')}
      </Button>
    </form>
  )
}
