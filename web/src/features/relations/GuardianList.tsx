import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { Child } from './choice'
import { GuardianCard } from './GuardianCard'
import './relations.css'

interface GuardianListProps {
  child: Child
  onChanged: (child: Shape<'PatientView'>) => void
}

/** The guardians of a child; says so when the register tells of none (P5, P6). */
export function GuardianList({ child, onChanged }: GuardianListProps) {
  if (child.guardians_withheld) return <p class="quiet">{t('relations.withheld')}</p>
  return (
    <ul class="guardians" aria-label={t('relations.guardians')}>
      {child.guardians.map((guardian) => (
        <GuardianCard key={guardian.guardian_id} child={child} guardian={guardian} onChanged={onChanged} />
      ))}
    </ul>
  )
}
