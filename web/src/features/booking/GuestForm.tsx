import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import type { Guest } from './draft'

interface GuestFormProps {
  initial: Guest
  onAdd: (guest: Guest) => void
  onCancel: () => void
}

const LOOKS_LIKE_PHONE = /^\+?[\d\s()./-]{7,}$/
const LOOKS_LIKE_EMAIL = /^\S+@\S+\.\S+$/

/** One guest: a name, and a phone number or an e-mail address; the server has the last word on both. */
export function GuestForm({ initial, onAdd, onCancel }: GuestFormProps) {
  const [guest, setGuest] = useState<Guest>(initial)
  const [asked, setAsked] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const faults = faultsOf(guest)
  const shown = (fault: string | null) => (asked ? fault : null)
  const add = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (Object.values(faults).every((fault) => fault === null)) onAdd(trimmed(guest))
  }
  return (
    <form class="guest-form" noValidate onSubmit={add}>
      <Field
        ref={first}
        label={t('booking.guestName')}
        error={shown(faults.name)}
        value={guest.name}
        onValue={(name) => setGuest({ ...guest, name })}
        maxLength={80}
        autoComplete="off"
      />
      <Field
        label={t('patients.phone')}
        error={shown(faults.phone)}
        value={guest.phone}
        onValue={(phone) => setGuest({ ...guest, phone })}
        type="tel"
        maxLength={40}
        autoComplete="off"
      />
      <Field
        label={t('patients.email')}
        error={shown(faults.email)}
        value={guest.email}
        onValue={(email) => setGuest({ ...guest, email })}
        type="email"
        maxLength={254}
        autoComplete="off"
      />
      <div class="guest-form__actions">
        <Button type="submit" variant="secondary">
          {t('booking.addThisGuest')}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function faultsOf({ name, phone, email }: Guest) {
  const none = phone.trim() === '' && email.trim() === ''
  const phoneWrong = phone.trim() !== '' && !LOOKS_LIKE_PHONE.test(phone.trim())
  const emailWrong = email.trim() !== '' && !LOOKS_LIKE_EMAIL.test(email.trim())
  return {
    name: name.trim() === '' ? t('booking.guestFault.name') : null,
    phone: none ? t('booking.guestFault.contact') : phoneWrong ? t('problems.invalid_phone') : null,
    email: emailWrong ? t('problems.invalid_email') : null,
  }
}

function trimmed(guest: Guest): Guest {
  return { ...guest, name: guest.name.trim(), phone: guest.phone.trim(), email: guest.email.trim() }
}
