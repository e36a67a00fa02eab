import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { obstacleOf, ombudOf } from '../relations/choice'
import { GuardianList } from '../relations/GuardianList'
import { guardianName } from '../relations/guardian-name'
import { ObstacleNotice } from '../relations/ObstacleNotice'
import { RelationChoice } from '../relations/RelationChoice'
import { useRelations } from './use-relations'

interface RelationsTabProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
}

/** Relationer of the visit: the guardians, its ombud and its primary contact, changed under way (P6). */
export function RelationsTab({ visit, onChanged }: RelationsTabProps) {
  const { child, choice, choose, changed, contactsChanged, save, busy, problem } = useRelations(
    visit,
    onChanged,
  )
  const mayChange = visit.actions.includes('change_relations')
  const isChild = visit.kind === 'child'
  const obstacle = isChild ? obstacleOf(child) : null
  const ombud = ombudOf(child, choice)
  const fault = isChild && ombud !== null && ombud.phone === '' ? t('relations.ombudNeedsPhone') : null
  return (
    <>
      <GuardianList child={child} onChanged={contactsChanged} />
      <ObstacleNotice obstacle={obstacle} />
      {obstacle === null && child.guardians.length > 0 && (
        <RelationChoice
          child={child}
          hasOmbud={isChild}
          choice={choice}
          onChoice={choose}
          error={fault}
          disabled={!mayChange}
        />
      )}
      {mayChange && changed !== null && fault === null && (
        <>
          {changed !== 'primary' && ombud !== null && (
            <p class="notice" role="status">
              {changed === 'ombud'
                ? t('relations.willInvite', { name: guardianName(ombud) })
                : t('relations.willInviteAnew')}
            </p>
          )}
          <Button busy={busy} onClick={() => void save()}>
            {t('relations.save')}
          </Button>
        </>
      )}
      {problem !== null && <ErrorCard problem={problem} />}
    </>
  )
}
