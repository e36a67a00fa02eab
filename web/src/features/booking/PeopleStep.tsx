import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSession } from '../staff-shell/session'
import type { Draft } from './draft'
import { FamilyStep } from './FamilyStep'
import { type FamilyFault, familyFault, otherGuardians } from './family'
import { GuestList } from './GuestList'
import { KindNotice } from './KindNotice'
import { kindOf } from './request'
import { StaffChoice } from './StaffChoice'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

/** Where a fault is put right: a youth's own number, a child's ombud, a team's staff. On a phone all are far above Nästa. */
const WHAT_IS_ASKED = {
  family: '.family__own button, .family__own input, .relation input',
  team: '.staff-choice input',
}

interface PeopleStepProps {
  draft: Draft
  patient: Resource<Shape<'PatientView'>>
  colleagues: Resource<Shape<'Colleague'>[]>
  onChange: (changes: Partial<Draft>) => void
}

/** Relationer of a child, then Sjukvårdspersonal, who of a team are at least two (B6), and guests, who may be left out. */
export function PeopleStep({ draft, patient, colleagues, onChange }: PeopleStepProps) {
  const session = useSession()
  const [asked, setAsked] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const person = patient.data
  const kind = kindOf(draft, person, session.child_age_limit, Date.now())
  const family = person === null ? null : familyFault(person, kind, draft)
  const alone = draft.form === 'team' && draft.staff.length === 0
  const next = () => {
    setAsked(true)
    if (person === null && draft.form !== 'group') return
    if (family === null && !alone) return goTo('granska')
    form.current?.querySelector<HTMLElement>(WHAT_IS_ASKED[family === null ? 'team' : 'family'])?.focus()
  }
  return (
    <div ref={form} class="step-form">
      {patient.problem !== null && <ErrorCard problem={patient.problem} onRetry={patient.reload} />}
      {person !== null && draft.form !== 'relative' && <KindNotice today={person.kind} onTheDay={kind} />}
      <FamilyStep
        patient={patient}
        kind={kind}
        choice={draft}
        onChoice={({ ombudId, primaryId }) => onChange({ ombudId, primaryId })}
        error={asked ? ombudError(family) : null}
      />
      {family !== 'obstacle' && (
        <>
          <StaffChoice
            colleagues={colleagues}
            staff={draft.staff}
            onStaff={(staff) => onChange({ staff })}
            isTeam={draft.form === 'team'}
            error={asked && alone ? t('booking.teamFault') : null}
          />
          <GuestList
            guests={draft.guests}
            suggested={otherGuardians(person, kind, draft)}
            onChange={(guests) => onChange({ guests })}
          />
        </>
      )}
      <WizardActions back="tid">
        {family !== 'obstacle' && <Button onClick={next}>{t('booking.next')}</Button>}
      </WizardActions>
    </div>
  )
}

function ombudError(fault: FamilyFault): string | null {
  return fault === 'chooseOmbud' || fault === 'ombudNeedsPhone' ? t(`relations.${fault}`) : null
}
