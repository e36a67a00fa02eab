import { t } from '../../i18n'
import { phoneWords } from '../../i18n/phone'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ContactFields } from '../../ui/contacts/ContactFields'
import { useContacts } from '../../ui/contacts/use-contacts'
import { ErrorCard } from '../../ui/ErrorCard'
import type { Child, Guardian } from './choice'

interface GuardianContactsProps {
  child: Child
  guardian: Guardian
  onDone: (child: Shape<'PatientView'>) => void
  onCancel: () => void
}

/** How a guardian is reached; either may be left empty (P4). Kept with the child. */
export function GuardianContacts({ child, guardian, onDone, onCancel }: GuardianContactsProps) {
  const path = { patient_id: child.patient_id, guardian_id: guardian.guardian_id }
  const form = useContacts({
    initial: { phone: phoneWords(guardian.phone), email: guardian.email ?? '' },
    phoneRequired: false,
    save: (contacts) =>
      answer(
        api.PUT('/patients/{patient_id}/guardians/{guardian_id}/contacts', {
          params: { path },
          body: { version: child.version, ...contacts },
        }),
      ),
    onSaved: onDone,
  })
  return (
    <form class="contact-form" noValidate onSubmit={form.submit}>
      <ContactFields
        contacts={form.contacts}
        onContacts={form.change}
        problem={form.problem}
        phoneRequired={false}
      />
      {form.general !== null && <ErrorCard problem={form.general} kept={t('patients.kept')} />}
      <div class="guardian__actions">
        <Button type="submit" variant="secondary" busy={form.busy}>
          {t('patients.save')}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
