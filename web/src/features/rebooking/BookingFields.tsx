import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import { localDate } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { Field } from '../../ui/Field'
import { durationsOf, type Form } from './form'

interface BookingFieldsProps {
  visit: Shape<'VisitView'>
  form: Form
  /** What is wrong with the time, in words. */
  fault: string | null
  onForm: (form: Form) => void
}

/** When, how long, why, and who is responsible. */
export function BookingFields({ visit, form, fault, onForm }: BookingFieldsProps) {
  const change = (part: Partial<Form>) => onForm({ ...form, ...part })
  return (
    <>
      <div class="rebooking__when">
        <Field
          label={t('rebooking.date')}
          type="date"
          min={localDate(Date.now())}
          value={form.day}
          onValue={(day) => change({ day, kind: null })}
        />
        <Field
          label={t('rebooking.time')}
          type="time"
          step={300}
          error={fault}
          value={form.time}
          onValue={(time) => change({ time })}
        />
        <Choice
          label={t('rebooking.duration')}
          value={String(form.durationMinutes)}
          onValue={(minutes) => change({ durationMinutes: Number(minutes) })}
          options={durationsOf(visit).map((minutes) => [
            String(minutes),
            t('rebooking.minutes', { number: minutes }),
          ])}
        />
      </div>
      {visit.form !== 'relative' && (
        <Field
          label={t('rebooking.reason')}
          optional={t('rebooking.optional')}
          description={t('rebooking.reasonHelp')}
          maxLength={200}
          autoComplete="off"
          value={form.reason}
          onValue={(reason) => change({ reason })}
        />
      )}
      <Owner visit={visit} value={form.ownerHsaId} onValue={(ownerHsaId) => change({ ownerHsaId })} />
    </>
  )
}

interface OwnerProps {
  visit: Shape<'VisitView'>
  value: string
  onValue: (hsaId: string) => void
}

/** Whose visit it is: the one whose it is now, or a colleague. While these are read there is only the first. */
function Owner({ visit, value, onValue }: OwnerProps) {
  const colleagues = useResource('colleagues', () => answer(api.GET('/colleagues')))
  const { owner } = visit
  const others = (colleagues.data ?? []).filter(({ hsa_id }) => hsa_id !== owner.hsa_id)
  return (
    <Choice
      label={t('rebooking.owner')}
      value={value}
      onValue={onValue}
      options={[
        [owner.hsa_id, owner.name],
        ...others.map(
          ({ hsa_id, name, title }) => [hsa_id, [name, title].filter(Boolean).join(', ')] as const,
        ),
      ]}
    />
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly (readonly [value: string, label: string])[]
  onValue: (value: string) => void
}

function Choice({ label, value, options, onValue }: ChoiceProps) {
  const id = useId()
  return (
    <div class="ds-field field">
      <label for={id} class="ds-label">
        {label}
      </label>
      <select id={id} class="ds-input" value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
