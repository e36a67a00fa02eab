import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import { type Child, type Choice, mayAct } from './choice'
import { guardianName } from './guardian-name'

interface RelationChoiceProps {
  child: Child
  /** A youth has no ombud (B5). */
  hasOmbud: boolean
  choice: Choice
  onChoice: (choice: Choice) => void
  /** What is wrong with the ombud, in words. */
  error?: string | null
  disabled?: boolean
}

/** Who acts for the child in this visit, exactly one, and whom the clinic contacts first (P6). */
export function RelationChoice({
  child,
  hasOmbud,
  choice,
  onChoice,
  error = null,
  disabled,
}: RelationChoiceProps) {
  const id = useId()
  const free = child.guardians.filter(mayAct).map((each) => [each.guardian_id, guardianName(each)] as const)
  return (
    <>
      {hasOmbud && (
        <fieldset
          class="relation"
          disabled={disabled}
          aria-describedby={error === null ? undefined : `${id}-error`}
        >
          <legend>{t('relations.ombud')}</legend>
          <p class="quiet">{t('relations.ombudHelp')}</p>
          {free.map(([guardianId, name]) => (
            <Radio
              key={guardianId}
              group={`${id}-ombud`}
              label={name}
              checked={choice.ombudId === guardianId}
              onChoose={() => onChoice({ ...choice, ombudId: guardianId })}
            />
          ))}
          {error !== null && (
            <p id={`${id}-error`} class="ds-validation-message" role="alert">
              {error}
            </p>
          )}
        </fieldset>
      )}
      <fieldset class="relation" disabled={disabled}>
        <legend>{t('relations.primaryContact')}</legend>
        <p class="quiet">{t('relations.primaryContactHelp')}</p>
        {[...free, ['', t('relations.nobody')] as const].map(([guardianId, name]) => (
          <Radio
            key={guardianId}
            group={`${id}-primary`}
            label={name}
            checked={choice.primaryId === guardianId}
            onChoose={() => onChoice({ ...choice, primaryId: guardianId })}
          />
        ))}
      </fieldset>
    </>
  )
}

interface RadioProps {
  group: string
  label: string
  checked: boolean
  onChoose: () => void
}

function Radio({ group, label, checked, onChoose }: RadioProps) {
  return (
    <label class="relation__radio">
      <input class="ds-input" type="radio" name={group} checked={checked} onChange={onChoose} />
      <span>{label}</span>
    </label>
  )
}
