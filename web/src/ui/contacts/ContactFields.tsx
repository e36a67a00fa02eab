import { t } from '../../i18n'
import type { ApiProblem } from '../../protocol/problem'
import { Field } from '../Field'
import { problemText } from '../problem-text'
import './contacts.css'

export interface Contacts {
  phone: string
  email: string
}

interface ContactFieldsProps {
  contacts: Contacts
  onContacts: (contacts: Contacts) => void
  /** What the server, or this page before it, found wrong with them. */
  problem: ApiProblem | null
  phoneRequired?: boolean
}

/** Mobile number, which is required of patients from 13, and e-mail, which is not (P4). */
export function ContactFields({ contacts, onContacts, problem, phoneRequired = true }: ContactFieldsProps) {
  const errorOf = (field: string) => (problem?.field === field ? problemText(problem) : null)
  return (
    <>
      <Field
        label={t('patients.phone')}
        {...(!phoneRequired && { optional: t('patients.optional') })}
        description={t('patients.phoneHelp')}
        error={errorOf('phone')}
        value={contacts.phone}
        onValue={(phone) => onContacts({ ...contacts, phone })}
        type="tel"
        autoComplete="off"
        maxLength={40}
        required={phoneRequired}
      />
      <Field
        label={t('patients.email')}
        optional={t('patients.optional')}
        error={errorOf('email')}
        value={contacts.email}
        onValue={(email) => onContacts({ ...contacts, email })}
        type="email"
        autoComplete="off"
        maxLength={254}
      />
    </>
  )
}
