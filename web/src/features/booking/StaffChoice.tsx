import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSession } from '../staff-shell/session'

interface StaffChoiceProps {
  colleagues: Resource<Shape<'Colleague'>[]>
  /** HSA-ids of those added. */
  staff: string[]
  onStaff: (staff: string[]) => void
  /** A team visit has at least one more than the one who books (B6). */
  isTeam: boolean
  error: string | null
}

/** Sjukvårdspersonal: the one who books, and the colleagues with the same rights in the visit. */
export function StaffChoice({ colleagues, staff, onStaff, isTeam, error }: StaffChoiceProps) {
  const session = useSession()
  const errorId = useId()
  const others = colleagues.data?.filter((person) => person.hsa_id !== session.hsa_id) ?? []
  const toggle = (hsaId: string) =>
    onStaff(staff.includes(hsaId) ? staff.filter((other) => other !== hsaId) : [...staff, hsaId])
  return (
    <fieldset class="people staff-choice" aria-describedby={error === null ? undefined : errorId}>
      <legend class="step-form__title">{t('booking.staff')}</legend>
      {isTeam && <p class="quiet">{t('booking.teamHelp')}</p>}
      <p class="people__me">
        {session.name} <span class="quiet">{t('booking.owner')}</span>
      </p>
      {colleagues.problem !== null && <ErrorCard problem={colleagues.problem} onRetry={colleagues.reload} />}
      {others.map((person) => (
        <label key={person.hsa_id} class="check-row">
          <input
            class="ds-input"
            type="checkbox"
            checked={staff.includes(person.hsa_id)}
            onChange={() => toggle(person.hsa_id)}
          />
          <span>
            {person.name}{' '}
            <span class="quiet">{[person.title, person.unit_name].filter(Boolean).join(', ')}</span>
          </span>
        </label>
      ))}
      {error !== null && (
        <p id={errorId} class="ds-validation-message" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
