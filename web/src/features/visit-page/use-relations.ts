import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { say } from '../../ui/toasts'
import { type Child, type Choice, ombudOf, relationsOf } from '../relations/choice'

type Visit = Shape<'VisitView'>

/** What saving would change: another ombud, the number the ombud was invited at, or the primary contact alone. */
export type Changed = 'ombud' | 'number' | 'primary' | null

/** The visit's relations as stored, as chosen now, and one saving at a time. */
export function useRelations(visit: Visit, onChanged: (visit: Visit) => void) {
  const [written, setWritten] = useState<Child | null>(null)
  const [chosen, setChosen] = useState<Choice | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const child = written !== null && written.version > visit.patient.version ? written : visit.patient
  const choice = chosen ?? storedIn(visit)

  const save = async () => {
    setBusy(true)
    try {
      const path = { visit_id: visit.visit_id }
      const body = { relations: relationsOf(choice) }
      onChanged(await answer(api.PUT('/visits/{visit_id}/relations', { params: { path }, body })))
      setChosen(null)
      setProblem(null)
      say(t('relations.visitSaved'))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  const contactsChanged = (patient: Shape<'PatientView'>) => {
    setWritten(patient)
    say(t('relations.saved'))
  }
  return {
    child,
    choice,
    choose: setChosen,
    changed: changeOf(visit, child, choice),
    contactsChanged,
    save,
    busy,
    problem,
  }
}

function storedIn({ relations }: Visit): Choice {
  return { ombudId: relations.ombud_id, primaryId: relations.primary_contact_id ?? '' }
}

function changeOf(visit: Visit, child: Child, choice: Choice): Changed {
  const { ombud_id: ombudId, invited_phone: invitedPhone } = visit.relations
  if (choice.ombudId !== ombudId) return 'ombud'
  const ombud = ombudOf(child, choice)
  if (ombud !== null && ombud.phone !== invitedPhone) return 'number'
  return choice.primaryId === storedIn(visit).primaryId ? null : 'primary'
}
