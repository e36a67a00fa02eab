import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSession } from '../staff-shell/session'
import type { Draft } from './draft'
import { GuestList } from './GuestList'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

interface PeopleStepProps {
  draft: Draft
  colleagues: Resource<Shape<'Colleague'>[]>
  onChange: (changes: Partial<Draft>) => void
}

/** Sjukvårdspersonal and guests; both may be left as they are. */
export function PeopleStep({ draft, colleagues, onChange }: PeopleStepProps) {
  const session = useSession()
  const others = colleagues.data?.filter((person) => person.hsa_id !== session.hsa_id) ?? []
  const toggle = (hsaId: string) => {
    const staff = draft.staff.includes(hsaId)
      ? draft.staff.filter((other) => other !== hsaId)
      : [...draft.staff, hsaId]
    onChange({ staff })
  }
  return (
    <div class="step-form">
      <fieldset class="people">
        <legend class="step-form__title">{t('booking.staff')}</legend>
        <p class="people__me">
          {session.name} <span class="quiet">{t('booking.owner')}</span>
        </p>
        {colleagues.problem !== null && (
          <ErrorCard problem={colleagues.problem} onRetry={colleagues.reload} />
        )}
        {others.map((person) => (
          <label key={person.hsa_id} class="check-row">
            <input
              class="ds-input"
              type="checkbox"
              checked={draft.staff.includes(person.hsa_id)}
              onChange={() => toggle(person.hsa_id)}
            />
            <span>
              {person.name}{' '}
              <span class="quiet">{[person.title, person.unit_name].filter(Boolean).join(', ')}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <GuestList guests={draft.guests} onChange={(guests) => onChange({ guests })} />
      <WizardActions back="tid">
        <Button onClick={() => goTo('granska')}>{t('booking.next')}</Button>
      </WizardActions>
    </div>
  )
}
