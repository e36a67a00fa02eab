import { Search } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { Field } from '../../ui/Field'
import { useShortcuts } from '../staff-shell/shortcuts'
import { CreatePatient } from './CreatePatient'
import { type Sought, soughtWords } from './sought'
import { type Outcome, usePatientSearch } from './use-patient-search'
import './patients.css'

interface PatientFinderProps {
  /** Told the patient who was found or created, and null when a new search begins. */
  onPatient: (patient: Shape<'PatientView'> | null) => void
  /** A number that the page asks for: searched when it changes. */
  asked: string | null
  /** Whom it looks for, in words. */
  sought?: Sought
  /** Whether the field takes the focus at first. */
  focused?: boolean
  /** Whether the page has another next step already. */
  quiet?: boolean
}

/** The search and what it leads to: found, not found and creation, or why it failed (P1, P2). */
export function PatientFinder({
  onPatient,
  asked,
  sought = 'patient',
  focused = true,
  quiet = false,
}: PatientFinderProps) {
  const words = soughtWords(sought)
  const { number, write, fault, busy, outcome, problem, search, searchFor, created } =
    usePatientSearch(onPatient)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focused) input.current?.focus()
  }, [focused])
  useShortcuts({ '/': () => input.current?.focus() })
  const searchNow = useRef(searchFor)
  searchNow.current = searchFor
  useEffect(() => {
    if (asked !== null) void searchNow.current(asked)
  }, [asked])

  const submit = (event: Event) => {
    event.preventDefault()
    void search()
  }
  const icon = <Search size={18} aria-hidden="true" />
  // The next step, until there is an answer that has one of its own.
  const variant = outcome.kind === 'none' && !quiet ? 'primary' : 'secondary'
  return (
    <div class="finder">
      <search>
        <form noValidate onSubmit={submit}>
          <Field
            ref={input}
            class="finder__number"
            label={words.number}
            description={words.help}
            error={fault === null ? null : t(`patients.fault.${fault}`)}
            value={number}
            onValue={write}
            autoComplete="off"
            spellcheck={false}
            maxLength={32}
            beside={
              <Button type="submit" variant={variant} busy={busy} icon={icon}>
                {t('patients.search')}
              </Button>
            }
          />
        </form>
      </search>
      <p class="finder__answer" role="status" data-kind={outcome.kind}>
        {outcomeWords(outcome, words)}
      </p>
      {problem !== null && <ErrorCard problem={problem} onRetry={() => void search()} busy={busy} />}
      {outcome.kind === 'missing' && (
        <CreatePatient
          key={outcome.number}
          number={outcome.number}
          sought={sought}
          onCreated={created}
          onNumber={(newer) => void searchFor(newer)}
        />
      )}
    </div>
  )
}

function outcomeWords(outcome: Outcome, words: ReturnType<typeof soughtWords>): string {
  if (outcome.kind === 'none') return ''
  return outcome.kind === 'missing' ? words.missing(outcome.masked) : words[outcome.kind]
}
