import { useState } from 'preact/hooks'
import { ApiProblem, asProblem } from '../../protocol/problem'
import type { Contacts } from './ContactFields'

interface ContactForm<Saved> {
  initial: Contacts
  phoneRequired?: boolean
  save: (contacts: Contacts) => Promise<Saved>
  onSaved: (saved: Saved) => void
}

/** A contact form: its values, what is wrong, and one saving at a time. */
export function useContacts<Saved>({ initial, phoneRequired = true, save, onSaved }: ContactForm<Saved>) {
  const [contacts, setContacts] = useState(initial)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: Event) => {
    event.preventDefault()
    if (busy) return
    if (phoneRequired && contacts.phone.trim() === '') {
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
