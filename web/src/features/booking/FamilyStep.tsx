import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { PatientContacts } from '../patients/PatientContacts'
import { type Choice, obstacleOf, withPreselection } from '../relations/choice'
import { GuardianList } from '../relations/GuardianList'
import { ObstacleNotice } from '../relations/ObstacleNotice'
import { RelationChoice } from '../relations/RelationChoice'
import type { Kind } from './kind'

interface FamilyStepProps {
  patient: Resource<Shape<'PatientView'>>
  kind: Kind
  choice: Choice
  onChoice: (choice: Choice) => void
  /** What must be put right before the next step, once asked. */
  error: string | null
}

/** Relationer of a child or a youth: the guardians, who acts for a child, and whom the clinic contacts (P6, B4, B5). */
export function FamilyStep({ patient, kind, choice, onChoice, error }: FamilyStepProps) {
  const child = patient.data
  if (child === null || kind === 'adult') return null
  const obstacle = kind === 'child' ? obstacleOf(child) : null
  return (
    <section class="people family" aria-labelledby="family-title">
      <h3 id="family-title" class="step-form__title">
        {t('relations.title')}
      </h3>
      {kind === 'youth' && child.phone === '' && <YouthContacts patient={patient} child={child} />}
      <GuardianList child={child} onChanged={patient.replace} />
      <ObstacleNotice obstacle={obstacle} />
      {obstacle === null && child.guardians.length > 0 && (
        <RelationChoice
          child={child}
          hasOmbud={kind === 'child'}
          choice={withPreselection(child, kind, choice)}
          onChoice={onChoice}
          error={error}
        />
      )}
    </section>
  )
}

function YouthContacts({
  patient,
  child,
}: Pick<FamilyStepProps, 'patient'> & { child: Shape<'PatientView'> }) {
  return (
    <div class="family__own">
      <p class="notice" data-tone="warning" role="alert">
        {t('relations.youthNeedsPhone')}
      </p>
      <PatientContacts patient={child} onChanged={patient.replace} />
    </div>
  )
}
