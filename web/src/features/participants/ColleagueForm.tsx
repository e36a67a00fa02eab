import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { SkeletonLine } from '../../ui/Skeleton'
import type { ClinicianRole, Colleague } from './draft'

interface ColleagueFormProps {
  /** Names of those who cannot be added again. */
  taken: readonly string[]
  onAdd: (colleague: Colleague, role: ClinicianRole) => void
  onCancel: () => void
}

/** A colleague, as a guest of the visit or as one of its staff (G1, G4). */
export function ColleagueForm({ taken, onAdd, onCancel }: ColleagueFormProps) {
  const colleagues = useResource('colleagues', () => answer(api.GET('/colleagues')))
  const [chosen, setChosen] = useState('')
  const [role, setRole] = useState<ClinicianRole>('colleague')
  const [missing, setMissing] = useState(false)
  const others = colleagues.data?.filter(({ name }) => !taken.includes(name)) ?? []
  const colleague = others.find(({ hsa_id }) => hsa_id === chosen)
  const add = (event: Event) => {
    event.preventDefault()
    if (colleague === undefined) setMissing(true)
    else onAdd(colleague, role)
  }
  return (
    <form class="add-person" onSubmit={add}>
      {colleagues.problem !== null && <ErrorCard problem={colleagues.problem} onRetry={colleagues.reload} />}
      {colleagues.data === null && colleagues.problem === null && <SkeletonLine width="16rem" />}
      {colleagues.data !== null && others.length === 0 && <p>{t('participants.noColleague')}</p>}
      {others.length > 0 && (
        <Choice
          others={others}
          chosen={chosen}
          missing={missing && colleague === undefined}
          onChosen={setChosen}
        />
      )}
      <RoleChoice role={role} onRole={setRole} />
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

interface ChoiceProps {
  others: readonly Colleague[]
  chosen: string
  /** Nobody is chosen, and somebody must be. */
  missing: boolean
  onChosen: (hsaId: string) => void
}

function Choice({ others, chosen, missing, onChosen }: ChoiceProps) {
  const id = useId()
  const select = useRef<HTMLSelectElement>(null)
  useEffect(() => select.current?.focus(), [])
  return (
    <div class="ds-field">
      <label for={id} class="ds-label">
        {t('participants.colleague')}
      </label>
      <select
        ref={select}
        id={id}
        class="ds-input"
        value={chosen}
        aria-invalid={missing || undefined}
        aria-describedby={missing ? `${id}-error` : undefined}
        onChange={(event) => onChosen(event.currentTarget.value)}
      >
        <option value="">{t('participants.chooseColleague')}</option>
        {others.map(({ hsa_id, name, title, unit_name }) => (
          <option key={hsa_id} value={hsa_id}>
            {[name, title, unit_name].filter(Boolean).join(', ')}
          </option>
        ))}
      </select>
      {missing && (
        <p id={`${id}-error`} class="ds-validation-message field__error" role="alert">
          {t('participants.colleagueMissing')}
        </p>
      )}
    </div>
  )
}

function RoleChoice({ role, onRole }: { role: ClinicianRole; onRole: (role: ClinicianRole) => void }) {
  const name = useId()
  const choices = [
    ['colleague', t('participants.asColleague'), t('participants.asColleagueHelp')],
    ['staff', t('participants.asStaff'), t('participants.asStaffHelp')],
  ] as const
  return (
    <fieldset class="add-person__choice add-person__choice--rows">
      <legend class="ds-label">{t('participants.addedAs')}</legend>
      {choices.map(([each, label, help]) => (
        <label key={each}>
          <input
            class="ds-input"
            type="radio"
            name={name}
            checked={each === role}
            onChange={() => onRole(each)}
          />
          <span>
            {label}
            <span class="quiet add-person__help">{help}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
