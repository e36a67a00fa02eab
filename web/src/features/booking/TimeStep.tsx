import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { isLocalDate, localDate } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { useSession } from '../staff-shell/session'
import { type Draft, DURATIONS_MINUTES, timeFault } from './draft'
import { KindNotice } from './KindNotice'
import { kindOn } from './kind'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

interface TimeStepProps {
  draft: Draft
  patient: Shape<'PatientView'> | null
  onChange: (changes: Partial<Draft>) => void
}

/** When, how long, and why. */
export function TimeStep({ draft, patient, onChange }: TimeStepProps) {
  const { child_age_limit: childAgeLimit } = useSession()
  const [asked, setAsked] = useState(false)
  const fault = timeFault(draft, Date.now())
  const next = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (fault === null) goTo('deltagare')
  }
  return (
    <form class="step-form" noValidate onSubmit={next}>
      <div class="step-form__pair">
        <Field
          label={t('booking.date')}
          type="date"
          min={localDate(Date.now())}
          value={draft.day}
          onValue={(day) => onChange({ day })}
        />
        <Field
          label={t('booking.time')}
          type="time"
          step={300}
          error={asked && fault !== null ? t(`booking.timeFault.${fault}`) : null}
          value={draft.time}
          onValue={(time) => onChange({ time })}
        />
      </div>
      {patient !== null && isLocalDate(draft.day) && (
        <KindNotice today={patient.kind} onTheDay={kindOn(patient.birth_date, draft.day, childAgeLimit)} />
      )}
      <DurationChoice
        minutes={draft.durationMinutes}
        onChange={(durationMinutes) => onChange({ durationMinutes })}
      />
      <Field
        label={t('booking.reason')}
        optional={t('patients.optional')}
        description={t('booking.reasonHelp')}
        maxLength={200}
        autoComplete="off"
        value={draft.reason}
        onValue={(reason) => onChange({ reason })}
      />
      <WizardActions back="patient">
        <Button type="submit">{t('booking.next')}</Button>
      </WizardActions>
    </form>
  )
}

function DurationChoice({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  return (
    <fieldset class="choice-row">
      <legend class="ds-label">{t('booking.duration')}</legend>
      {DURATIONS_MINUTES.map((choice) => (
        <label key={choice} class="choice-chip">
          <input
            type="radio"
            name="duration"
            checked={choice === minutes}
            onChange={() => onChange(choice)}
          />
          <span>{t('booking.minutes', { number: choice })}</span>
        </label>
      ))}
    </fieldset>
  )
}
