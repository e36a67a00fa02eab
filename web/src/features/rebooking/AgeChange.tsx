import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { withPreselection } from '../relations/choice'
import { RelationChoice } from '../relations/RelationChoice'
import { useSession } from '../staff-shell/session'
import type { Form } from './form'

type Kind = Shape<'VisitView'>['kind']

/** The kind that the visit must be on the new day, by what the server refuses; null for any other refusal. */
export function kindAsked(code: string | undefined): Kind | null {
  if (code === 'wrong_kind_youth') return 'youth'
  if (code === 'wrong_kind_adult') return 'adult'
  return code === 'wrong_kind_child' ? 'child' : null
}

interface AgeChangeProps {
  kind: Kind
  onTake: () => void
}

/** The patient is of another age on the new day: what follows from it, and the way on (B4). */
export function AgeChange({ kind, onTake }: AgeChangeProps) {
  const { child_age_limit: age } = useSession()
  const words = {
    youth: ['turnedYouth', 'turnedYouthText', 'asYouth'],
    adult: ['turnedAdult', 'turnedAdultText', 'asAdult'],
    child: ['isChild', 'isChildText', 'asChild'],
  } as const
  const [what, meaning, button] = words[kind]
  return (
    <div class="notice" data-tone="warning" role="alert">
      <p>
        <strong>{t(`rebooking.${what}`, { age })}</strong>
      </p>
      <p>{t(`rebooking.${meaning}`)}</p>
      <Button variant="secondary" onClick={onTake}>
        {t(`rebooking.${button}`, { age })}
      </Button>
    </div>
  )
}

interface TakenKindProps {
  visit: Shape<'VisitView'>
  form: Form
  onForm: (form: Form) => void
}

/** The kind that has been taken; a child needs an ombud. */
export function TakenKind({ visit, form, onForm }: TakenKindProps) {
  if (form.kind === null) return null
  return (
    <>
      <p class="notice">{t('rebooking.asKind', { kind: t(`kind.${form.kind}`).toLowerCase() })}</p>
      {form.kind === 'child' && (
        <RelationChoice
          child={visit.patient}
          hasOmbud
          choice={withPreselection(visit.patient, 'child', form.choice)}
          onChoice={(choice) => onForm({ ...form, choice })}
        />
      )}
    </>
  )
}
