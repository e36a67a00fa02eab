import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n'
import { phoneWords } from '../../i18n/phone'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ContactFields, type Contacts } from '../../ui/contacts/ContactFields'
import { useContacts } from '../../ui/contacts/use-contacts'
import { ErrorCard } from '../../ui/ErrorCard'
import { personName } from './person-words'
import type { Adding } from './use-draft'

type Visit = Shape<'VisitView'>
type Person = Shape<'ParticipantView'>

interface InviteAgainProps {
  visit: Visit
  person: Person
  asked: Extract<Adding, { who: 'again' }>
  onContacts: (contacts: Contacts) => void
  onInvited: (visit: Visit) => void
  onCancel: () => void
}

/** Where the invitation is to go this time; nothing is sent before Skicka igen (B10). */
export function InviteAgain({ visit, person, asked, onContacts, onInvited, onCancel }: InviteAgainProps) {
  const { participant_id, role } = person
  const phoneRequired = role !== 'guest' && visit.form !== 'relative'
  const form = useContacts({
    initial: asked.contacts,
    phoneRequired,
    save: (contacts) =>
      answer(
        api.POST('/visits/{visit_id}/participants/{participant_id}/invitation', {
          params: { path: { visit_id: visit.visit_id, participant_id } },
          body: {
            request_id: asked.requestId,
            invited_again: person.invited_again ?? 0,
            patient_version: patientOf(visit, person)?.version ?? 0,
            ...contacts,
          },
        }),
      ),
    onSaved: onInvited,
  })
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <form class="add-person person-row__form" noValidate onSubmit={form.submit}>
      <h4 ref={title} tabIndex={-1}>
        {t('participants.againTitle')}
      </h4>
      <ContactFields
        contacts={form.contacts}
        onContacts={(contacts) => {
          form.change(contacts)
          onContacts(contacts)
        }}
        problem={form.problem}
        phoneRequired={phoneRequired}
      />
      <p class="quiet">{t(`participants.againHelp.${helpFor(role)}`)}</p>
      {form.general !== null && <ErrorCard problem={form.general} kept={t('patients.kept')} />}
      <div class="add-person__actions">
        <Button
          type="submit"
          busy={form.busy}
          aria-label={t('participants.againNamed', { name: personName(visit, person) })}
        >
          {t('participants.again')}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** How they are reached as far as is known now: a patient's and a guardian's contacts live with the patient (P4). */
export function contactsOf(visit: Visit, person: Person): Contacts {
  const { phone, email } = knownOf(visit, person)
  return { phone: phoneWords(phone), email }
}

function knownOf(visit: Visit, person: Person): Contacts {
  const own = { phone: person.phone, email: person.email }
  if (person.role === 'guest') return own
  const patient = patientOf(visit, person)
  if (patient === undefined) return own
  if (person.role === 'patient') return { phone: patient.phone, email: patient.email ?? '' }
  const { ombud_id: ombudId } = visit.relations
  const guardian = patient.guardians.find(({ guardian_id: id }) => id === ombudId)
  return guardian === undefined ? own : { phone: guardian.phone, email: guardian.email ?? '' }
}

/** The record that the contacts live in. */
function patientOf(visit: Visit, { participant_id, role }: Person) {
  if (role === 'guest') return undefined
  return visit.patients.find((each) => each.participant_id === participant_id) ?? visit.patients[0]
}

function helpFor(role: Person['role']): 'guest' | 'ombud' | 'patient' {
  return role === 'guest' || role === 'ombud' ? role : 'patient'
}
