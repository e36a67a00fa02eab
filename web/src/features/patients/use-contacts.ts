import { useState } from 'preact/hooks'
import { ApiProblem, asProblem } from '../../protocol/problem'
import type { Contacts } from './ContactFields'

/** A contact form: its values, what is wrong, and one saving at a time. */
export function useContacts<Saved>(
  initial: Contacts,
  save: (contacts: Contacts) => Promise<Saved>,
  onSaved: (saved: Saved) => void,
) {
  const [contacts, setContacts] = useState(initial)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: Event) => {
    event.preventDefault()
    if (busy) return
    if (contacts.phone.trim() === '') {
      setProblem(new ApiProblem({ code: 'invalid_phone', status: 400, field: 'phone' }))
      return
    }
    setBusy(true)
    try {
      onSaved(await save(contacts))
    } catch (thrown) {
      setProblem(asProblem(thrown))
      setBusy(false)
    }
  }
  const change = (changed: Contacts) => {
    setContacts(changed)
    setProblem(null)
  }
  /** Not tied to one field: shown beside the button. */
  const general = problem !== null && problem.field !== 'phone' && problem.field !== 'email' ? problem : null
  return { contacts, change, problem, general, busy, submit }
}
