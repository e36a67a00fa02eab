import { useId } from 'preact/hooks'
import type { Shape } from '../../protocol/api'
import { AgendaRow } from './AgendaRow'
import { moveFocus } from './move-focus'

interface AgendaListProps {
  title: string
  entries: Shape<'AgendaEntry'>[]
  now: number
  onOpen: (address: string) => void
  /** Someone waits: set apart, and told to screen readers when it changes. */
  urgent?: boolean
}

export function AgendaList({ title, entries, now, onOpen, urgent = false }: AgendaListProps) {
  const titleId = useId()
  return (
    <section class="agenda" data-urgent={urgent || undefined} aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <ul class="agenda__rows" onKeyDown={moveFocus}>
        {entries.map((entry) => (
          <AgendaRow key={entry.visit_id} entry={entry} now={now} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  )
}
