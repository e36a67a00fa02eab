import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { isLocalDate, localDate } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { useSession } from '../staff-shell/session'
import { ChipChoice } from './ChipChoice'
import { type Draft, DURATIONS_MINUTES, timeFault } from './draft'
import { RELATIVE_REASON } from './form'
import { KindNotice } from './KindNotice'
import { RepeatChoice } from './RepeatChoice'
import { countedDay, kindOf } from './request'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

interface TimeStepProps {
  draft: Draft
  patient: Shape<'PatientView'> | null
  onChange: (changes: Partial<Draft>) => void
}

/** When, how long, how often, and why. */
export function TimeStep({ draft, patient, onChange }: TimeStepProps) {
  const [asked, setAsked] = useState(false)
  const fault = timeFault(draft, Date.now())
  const next = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (fault === null) goTo('deltagare')
  }
  return (
    <form class="step-form" noValidate onSubmit={next}>
      <ChipChoice
        label={t('booking.when')}
        choices={[
          [false, t('booking.whenChosen')],
          [true, t('booking.startNow')],
        ]}
        chosen={draft.startNow}
        onChoose={(startNow) => onChange({ startNow })}
      />
      {draft.startNow ? (
        <p class="quiet">{t('booking.startNowHelp')}</p>
      ) : (
        <DayAndTime draft={draft} fault={asked ? fault : null} onChange={onChange} />
      )}
      <AgeNotice draft={draft} patient={patient} />
      <ChipChoice
        label={t('booking.duration')}
        choices={DURATIONS_MINUTES.map((number) => [number, t('booking.minutes', { number })])}
        chosen={draft.durationMinutes}
        onChoose={(durationMinutes) => onChange({ durationMinutes })}
      />
      {!draft.startNow && <RepeatChoice draft={draft} onChange={onChange} />}
      <Reason draft={draft} onChange={onChange} />
      <WizardActions back="patient">
        <Button type="submit">{t('booking.next')}</Button>
      </WizardActions>
    </form>
  )
}

interface PartProps extends Pick<TimeStepProps, 'draft' | 'onChange'> {}

function DayAndTime({ draft, fault, onChange }: PartProps & { fault: ReturnType<typeof timeFault> }) {
  return (
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
        error={fault === null ? null : t(`booking.timeFault.${fault}`)}
        value={draft.time}
        onValue={(time) => onChange({ time })}
      />
    </div>
  )
}

/** A birthday before the visit, of the one patient whose age makes its kind (B4). */
function AgeNotice({ draft, patient }: Pick<TimeStepProps, 'draft' | 'patient'>) {
  const { child_age_limit: childAgeLimit } = useSession()
  if (patient === null || draft.form === 'relative' || !isLocalDate(countedDay(draft, Date.now())))
    return null
  return <KindNotice today={patient.kind} onTheDay={kindOf(draft, patient, childAgeLimit, Date.now())} />
}

function Reason({ draft, onChange }: PartProps) {
  if (draft.form === 'relative') {
    return (
      <div class="fixed-fact">
        <p class="ds-label">{t('booking.reason')}</p>
        <p>{RELATIVE_REASON}</p>
        <p class="quiet">{t('booking.reasonFixed')}</p>
      </div>
    )
  }
  return (
    <Field
      label={t('booking.reason')}
      optional={t('patients.optional')}
      description={t('booking.reasonHelp')}
      maxLength={200}
      autoComplete="off"
      value={draft.reason}
      onValue={(reason) => onChange({ reason })}
    />
  )
}
