import { useState } from 'preact/hooks'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { NextStepScope } from '../../ui/next-step'
import type { Draft } from './draft'
import { inForm } from './draft'
import { FormChoice } from './FormChoice'
import type { Form } from './form'
import { GroupPatients } from './GroupPatients'
import { OnePerson } from './OnePerson'
import type { Group } from './use-group'

export interface PatientStepProps {
  draft: Draft
  patient: Resource<Shape<'PatientView'>>
  group: Group
  onChange: (changes: Partial<Draft>) => void
  /** Whether the search takes the focus: on the way in, not on the way back. */
  searchFirst: boolean
}

/** What kind of visit, and who it is with. What one form has been told is kept while another is looked at. */
export function PatientStep(props: PatientStepProps) {
  const { draft, onChange } = props
  // Who chooses among the forms by the arrow keys stays there.
  const [chose, setChose] = useState(false)
  const choose = (form: Form) => {
    setChose(true)
    onChange(inForm(draft, form))
  }
  const step = { ...props, searchFirst: props.searchFirst && !chose }
  return (
    <NextStepScope>
      <FormChoice form={draft.form} onForm={choose} />
      {draft.form === 'group' ? <GroupPatients {...step} /> : <OnePerson key={sought(draft)} {...step} />}
    </NextStepScope>
  )
}

/** Patient visits and team visits ask for the same patient. */
function sought({ form }: Draft): 'relative' | 'patient' {
  return form === 'relative' ? 'relative' : 'patient'
}
