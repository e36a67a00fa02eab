import { t } from '../../i18n'
import { phoneWords } from '../../i18n/phone'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ContactFields } from '../../ui/contacts/ContactFields'
import { useContacts } from '../../ui/contacts/use-contacts'
import { ErrorCard } from '../../ui/ErrorCard'
import { useTakesNextStep } from '../../ui/next-step'

interface ChangeContactsProps {
  patient: Shape<'PatientView'>
  /** A relative is reached by phone or e-mail, whichever there is (B7). */
  isRelative?: boolean
  onDone: (patient: Shape<'PatientView'>) => void
  onCancel: () => void
}

export function ChangeContacts({ patient, isRelative = false, onDone, onCancel }: ChangeContactsProps) {
  useTakesNextStep()
  const path = { patient_id: patient.patient_id }
  const phoneRequired = patient.kind !== 'child' && !isRelative
  const form = useContacts({
    initial: { phone: phoneWords(patient.phone), email: patient.email ?? '' },
    phoneRequired,
    save: (contacts) =>
      answer(
        api.PUT('/patients/{patient_id}/contacts', {
          params: { path },
          body: { version: patient.version, ...contacts, relative: isRelative },
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
        phoneRequired={phoneRequired}
      />
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
