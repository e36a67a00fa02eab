import { Search } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { sv } from '../../i18n/sv'
import { isLocalDate } from '../../i18n/time'
import type { ApiProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { problemText } from '../../ui/problem-text'
import type { Filters, Outcome } from './use-messages'

const OUTCOMES = Object.keys(sv.integration.outcomes) as Outcome[]

interface FilterFormProps {
  start: Filters
  problem: ApiProblem | null
  onSearch: (filters: Filters) => void
}

/** Which messages to show; Enter in any field searches. */
export function FilterForm({ start, problem, onSearch }: FilterFormProps) {
  const [filters, setFilters] = useState(start)
  const outcomeId = useId()
  const change = (part: Partial<Filters>) => setFilters((old) => ({ ...old, ...part }))
  const submit = (event: Event) => {
    event.preventDefault()
    onSearch(filters)
  }
  const tooLong = problem?.field === 'from_day' ? problemText(problem) : null
  return (
    <search>
      <form class="message-filters" noValidate aria-label={t('integration.filters')} onSubmit={submit}>
        <Field
          type="date"
          label={t('integration.fromDay')}
          value={filters.fromDay}
          error={tooLong}
          onValue={(fromDay) => isLocalDate(fromDay) && change({ fromDay })}
        />
        <Field
          type="date"
          label={t('integration.toDay')}
          value={filters.toDay}
          onValue={(toDay) => isLocalDate(toDay) && change({ toDay })}
        />
        <div class="ds-field field">
          <label for={outcomeId} class="ds-label">
            {t('integration.outcome')}
          </label>
          <select
            id={outcomeId}
            class="ds-input"
            value={filters.outcome}
            onChange={(event) => change({ outcome: event.currentTarget.value as Filters['outcome'] })}
          >
            <option value="">{t('integration.anyOutcome')}</option>
            {OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(`integration.outcomes.${outcome}`)}
              </option>
            ))}
          </select>
        </div>
        <Field
          label={t('integration.bookingId')}
          value={filters.bookingId}
          maxLength={200}
          autoComplete="off"
          spellcheck={false}
          onValue={(bookingId) => change({ bookingId: bookingId.trim() })}
        />
        <div class="message-filters__actions">
          <Button type="submit" icon={<Search size={18} aria-hidden="true" />}>
            {t('integration.search')}
          </Button>
        </div>
      </form>
    </search>
  )
}
