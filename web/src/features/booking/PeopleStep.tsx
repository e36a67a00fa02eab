import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSession } from '../staff-shell/session'
import type { Draft } from './draft'
import { FamilyStep } from './FamilyStep'
import { familyFault, otherGuardians } from './family'
import { GuestList } from './GuestList'
import { KindNotice } from './KindNotice'
import { kindOn } from './kind'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

/** Where a fault is put right: a youth's own number, a child's ombud. On a phone both are far above Nästa. */
const WHAT_IS_ASKED = '.family__own button, .family__own input, .relation input'

interface PeopleStepProps {
  draft: Draft
  patient: Resource<Shape<'PatientView'>>
  colleagues: Resource<Shape<'Colleague'>[]>
  onChange: (changes: Partial<Draft>) => void
}

/** Relationer of a child, then Sjukvårdspersonal and guests, who may be left as they are. */
export function PeopleStep({ draft, patient, colleagues, onChange }: PeopleStepProps) {
  const session = useSession()
  const [asked, setAsked] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const kind = kindOn(patient.data?.birth_date ?? null, draft.day, session.child_age_limit)
  const fault = patient.data === null ? null : familyFault(patient.data, kind, draft)
  const next = () => {
    setAsked(true)
    if (patient.data === null) return
    if (fault === null) goTo('granska')
    else form.current?.querySelector<HTMLElement>(WHAT_IS_ASKED)?.focus()
  }
  const others = colleagues.data?.filter((person) => person.hsa_id !== session.hsa_id) ?? []
  const toggle = (hsaId: string) => {
    const staff = draft.staff.includes(hsaId)
      ? draft.staff.filter((other) => other !== hsaId)
      : [...draft.staff, hsaId]
    onChange({ staff })
  }
  return (
    <div ref={form} class="step-form">
      {patient.problem !== null && <ErrorCard problem={patient.problem} onRetry={patient.reload} />}
      {patient.data !== null && <KindNotice today={patient.data.kind} onTheDay={kind} />}
      <FamilyStep
        patient={patient}
        kind={kind}
        choice={draft}
        onChoice={({ ombudId, primaryId }) => onChange({ ombudId, primaryId })}
        error={
          asked && (fault === 'chooseOmbud' || fault === 'ombudNeedsPhone') ? t(`relations.${fault}`) : null
        }
      />
      {fault !== 'obstacle' && (
        <>
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
          <GuestList
            guests={draft.guests}
            suggested={otherGuardians(patient.data, kind, draft)}
            onChange={(guests) => onChange({ guests })}
          />
        </>
      )}
      <WizardActions back="tid">
        {fault !== 'obstacle' && <Button onClick={next}>{t('booking.next')}</Button>}
      </WizardActions>
    </div>
  )
}
