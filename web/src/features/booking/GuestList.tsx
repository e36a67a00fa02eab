import { UserPlus, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import type { Guest } from './draft'
import { GuestForm } from './GuestForm'

const MOST_GUESTS = 10

interface GuestListProps {
  guests: Guest[]
  onChange: (guests: Guest[]) => void
}

/** Relatives, interpreters and others without e-ID. */
export function GuestList({ guests, onChange }: GuestListProps) {
  const [adding, setAdding] = useState(false)
  return (
    <section class="people" aria-labelledby="guests-title">
      <h2 id="guests-title" class="step-form__title">
        {t('booking.guests')} <span class="quiet">{t('patients.optional')}</span>
      </h2>
      {guests.length > 0 && (
        <ul class="guest-list">
          {guests.map((guest) => (
            <li key={`${guest.name} ${guest.phone} ${guest.email}`}>
              <span>
                {guest.name} <span class="quiet numbers">{guest.phone || guest.email}</span>
              </span>
              <button
                type="button"
                class="remove-button"
                onClick={() => onChange(guests.filter((other) => other !== guest))}
              >
                <X size={18} aria-hidden="true" />
                <span class="ds-sr-only">{t('booking.removeGuest', { name: guest.name })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <GuestForm
          onAdd={(guest) => {
            onChange([...guests, guest])
            setAdding(false)
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        guests.length < MOST_GUESTS && (
          <Button
            variant="secondary"
            color="neutral"
            icon={<UserPlus size={18} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t('booking.addGuest')}
          </Button>
        )
      )}
    </section>
  )
}
