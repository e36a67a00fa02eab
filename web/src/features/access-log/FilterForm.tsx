import { Dices, Search } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { isLocalDate } from '../../i18n/time'
import type { ApiProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { problemText } from '../../ui/problem-text'
import type { Filters } from './use-log'
import { ACTIONS, actionOf, actionWords } from './words'

interface FilterFormProps {
  /** What the form begins with, and goes back to. */
  start: Filters
  problem: ApiProblem | null
  onSearch: (filters: Filters) => void
  onSample: (filters: Filters) => void
}

/** Which entries to look for; Enter in any field searches, also while an earlier question waits for its answer. */
export function FilterForm({ start, problem, onSearch, onSample }: FilterFormProps) {
  const [filters, setFilters] = useState(start)
  const change = (part: Partial<Filters>) => setFilters((old) => ({ ...old, ...part }))
  const submit = (event: Event) => {
    event.preventDefault()
    onSearch(filters)
  }
  const clear = () => {
    setFilters(start)
    onSearch(start)
  }
  const wrong = (field: string) => (problem?.field === field ? problemText(problem) : null)
  const text = { autoComplete: 'off', spellcheck: false }
  return (
    <search>
      <form class="log-filters" noValidate aria-label={t('audit.filters')} onSubmit={submit}>
        <DayField
          label={t('audit.fromDay')}
          value={filters.fromDay}
          error={wrong('from_day')}
          onDay={(fromDay) => change({ fromDay })}
        />
        <DayField
          label={t('audit.toDay')}
          value={filters.toDay}
          error={null}
          onDay={(toDay) => change({ toDay })}
        />
        <Field
          {...text}
          label={t('audit.number')}
          error={wrong('identity_number')}
          value={filters.number}
          maxLength={32}
          onValue={(number) => change({ number: number.trim() })}
        />
        <Field
          {...text}
          label={t('audit.user')}
          value={filters.user}
          maxLength={64}
          onValue={(user) => change({ user: user.trim() })}
        />
        <Field
          {...text}
          label={t('audit.visit')}
          value={filters.visit}
          maxLength={64}
          onValue={(visit) => change({ visit: visit.trim() })}
        />
        <Choice label={t('audit.action')} value={filters.action} onValue={(action) => change({ action })}>
          <option value="">{t('audit.anyAction')}</option>
          {ACTIONS.map((key) => (
            <option key={key} value={actionOf(key)}>
              {actionWords(actionOf(key))}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('audit.result')}
          value={filters.result}
          onValue={(result) => change({ result: result as Filters['result'] })}
        >
          <option value="">{t('audit.anyResult')}</option>
          <option value="ok">{t('audit.results.ok')}</option>
          <option value="denied">{t('audit.results.denied')}</option>
          <option value="not_found">{t('audit.results.not_found')}</option>
        </Choice>
        <div class="log-filters__actions">
          <Button type="submit" icon={<Search size={18} aria-hidden="true" />}>
            {t('audit.search')}
          </Button>
          <Button
            variant="secondary"
            color="neutral"
            icon={<Dices size={18} aria-hidden="true" />}
            onClick={() => onSample(filters)}
          >
            {t('audit.sample')}
          </Button>
          <Button variant="tertiary" color="neutral" onClick={clear}>
            {t('audit.clear')}
          </Button>
        </div>
      </form>
    </search>
  )
}

interface DayFieldProps {
  label: string
  value: string
  error: string | null
  onDay: (day: string) => void
}

/** A day; one that is not whole changes nothing. */
export function DayField({ label, value, error, onDay }: DayFieldProps) {
  const take = (day: string) => isLocalDate(day) && onDay(day)
  return <Field type="date" label={label} value={value} error={error} onValue={take} />
}

interface ChoiceProps {
  label: string
  value: string
  onValue: (value: string) => void
  children: preact.ComponentChildren
}

function Choice({ label, value, onValue, children }: ChoiceProps) {
  const id = useId()
  return (
    <div class="ds-field field">
      <label for={id} class="ds-label">
        {label}
      </label>
      <select
        id={id}
        class="ds-input log-filters__choice"
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {children}
      </select>
    </div>
  )
}
