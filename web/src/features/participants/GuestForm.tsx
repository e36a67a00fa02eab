import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import type { Guest } from './draft'

const KINDS = ['relative', 'interpreter', 'other'] as const
const LOOKS_LIKE_PHONE = /^\+?[\d\s()./-]{7,}$/
const LOOKS_LIKE_EMAIL = /^\S+@\S+\.\S+$/

interface GuestFormProps {
  guest: Guest
  onGuest: (guest: Guest) => void
  onAdd: (guest: Guest) => void
  onCancel: () => void
}

/** One guest: who, and a phone number or an e-mail address; the server has the last word on both (G1, G2). */
export function GuestForm({ guest, onGuest, onAdd, onCancel }: GuestFormProps) {
  const [asked, setAsked] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const faults = faultsOf(guest)
  const add = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (Object.values(faults).every((fault) => fault === null)) onAdd(trimmed(guest))
  }
  return (
    <form class="add-person" noValidate onSubmit={add}>
      <KindChoice kind={guest.kind ?? 'other'} onKind={(kind) => onGuest({ ...guest, kind })} />
      <Field
        ref={first}
        label={t('participants.name')}
        error={asked ? faults.name : null}
        value={guest.name}
        onValue={(name) => onGuest({ ...guest, name })}
        maxLength={80}
        autoComplete="off"
      />
      <p class="quiet">{t('participants.contactHelp')}</p>
      <Field
        label={t('visitPage.phone')}
        error={asked ? faults.phone : null}
        value={guest.phone ?? ''}
        onValue={(phone) => onGuest({ ...guest, phone })}
        type="tel"
        maxLength={40}
        autoComplete="off"
      />
      <Field
        label={t('visitPage.email')}
        error={asked ? faults.email : null}
        value={guest.email ?? ''}
        onValue={(email) => onGuest({ ...guest, email })}
        type="email"
        maxLength={254}
        autoComplete="off"
      />
      <div class="add-person__actions">
        <Button type="submit" variant="secondary">
          {t('participants.add')}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function KindChoice({
  kind,
  onKind,
}: {
  kind: NonNullable<Guest['kind']>
  onKind: (kind: Guest['kind']) => void
}) {
  const name = useId()
  return (
    <fieldset class="add-person__choice">
      <legend class="ds-label">{t('participants.guestIs')}</legend>
      {KINDS.map((each) => (
        <label key={each}>
          <input
            class="ds-input"
            type="radio"
            name={name}
            checked={each === kind}
            onChange={() => onKind(each)}
          />
          {t(`participants.guestKind.${each}`)}
        </label>
      ))}
    </fieldset>
  )
}

function faultsOf({ name, phone = '', email = '' }: Guest) {
  const none = phone.trim() === '' && email.trim() === ''
  const phoneWrong = phone.trim() !== '' && !LOOKS_LIKE_PHONE.test(phone.trim())
  const emailWrong = email.trim() !== '' && !LOOKS_LIKE_EMAIL.test(email.trim())
  return {
    name: name.trim() === '' ? t('participants.nameMissing') : null,
    phone: none ? t('participants.contactMissing') : phoneWrong ? t('problems.invalid_phone') : null,
    email: emailWrong ? t('problems.invalid_email') : null,
  }
}

function trimmed({ name, phone = '', email = '', ...rest }: Guest): Guest {
  return { ...rest, name: name.trim(), phone: phone.trim(), email: email.trim() }
}
