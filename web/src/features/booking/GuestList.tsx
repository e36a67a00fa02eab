import { Languages, UserPlus, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { sayProblem } from '../../ui/toasts'
import type { Guest } from './draft'
import { GuestForm } from './GuestForm'

const MOST_GUESTS = 10
const NOBODY: Guest = { name: '', phone: '', email: '', kind: 'other' }

interface GuestListProps {
  guests: Guest[]
  /** Who is likely to be asked along: a child's other guardian. */
  suggested: Guest[]
  onChange: (guests: Guest[]) => void
}

/** Relatives, interpreters and others without e-ID. */
export function GuestList({ guests, suggested, onChange }: GuestListProps) {
  const [adding, setAdding] = useState<Guest | null>(null)
  const offered = suggested.filter(({ name }) => guests.every((guest) => guest.name !== name))
  const invite = (guest: Guest) => {
    if (guest.phone === '' && guest.email === '') setAdding(guest)
    else onChange([...guests, guest])
  }
  const addInterpreter = () => interpreter().then(setAdding, sayProblem)
  return (
    <section class="people" aria-labelledby="guests-title">
      <h3 id="guests-title" class="step-form__title">
        {t('booking.guests')} <span class="quiet">{t('patients.optional')}</span>
      </h3>
      {guests.length > 0 && (
        <ul class="guest-list">
          {guests.map((guest) => (
            <li key={`${guest.name} ${guest.phone} ${guest.email}`}>
              <span>
                {guest.name}{' '}
                <span class="quiet numbers">
                  {guest.kind === 'interpreter' && `${t('booking.interpreter')}, `}
                  {guest.phone || guest.email}
                </span>
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
      {adding !== null ? (
        <GuestForm
          initial={adding}
          onAdd={(guest) => {
            onChange([...guests, guest])
            setAdding(null)
          }}
          onCancel={() => setAdding(null)}
        />
      ) : (
        guests.length < MOST_GUESTS && (
          <div class="guest-list__add">
            {offered.map((guest) => (
              <Button
                key={guest.name}
                variant="secondary"
                icon={<UserPlus size={18} aria-hidden="true" />}
                onClick={() => invite(guest)}
              >
                {t('relations.inviteAsGuestNamed', { name: guest.name })}
              </Button>
            ))}
            <Button
              variant="secondary"
              color="neutral"
              icon={<UserPlus size={18} aria-hidden="true" />}
              onClick={() => setAdding(NOBODY)}
            >
              {t('booking.addGuest')}
            </Button>
            <Button
              variant="secondary"
              color="neutral"
              icon={<Languages size={18} aria-hidden="true" />}
              onClick={() => void addInterpreter()}
            >
              {t('booking.addInterpreter')}
            </Button>
          </div>
        )
      )}
    </section>
  )
}

/** The organisation's interpreter, to be looked over before it is added (G3). */
async function interpreter(): Promise<Guest> {
  const { given_name, family_name, email } = await answer(api.GET('/interpreter'))
  return { name: `${given_name} ${family_name}`.trim(), phone: '', email, kind: 'interpreter' }
}
