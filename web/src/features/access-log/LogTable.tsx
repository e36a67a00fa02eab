import { ShieldAlert } from 'lucide-preact'
import { t } from '../../i18n'
import { ListSkeleton, ListTable } from '../../ui/ListTable'
import { actionWords, detailWords, type Entry, momentWords, whoWords } from './words'

interface LogTableProps {
  entries: readonly Entry[]
  /** Whose data it was; left out where the whole list is of one patient. */
  withPatient?: boolean
}

/** Entries as a table. */
export function LogTable({ entries, withPatient = true }: LogTableProps) {
  return (
    <ListTable caption={t('audit.list')} heads={heads(withPatient)}>
      {entries.map((entry) => (
        <LogRow key={entry.audit_id} entry={entry} withPatient={withPatient} />
      ))}
    </ListTable>
  )
}

function heads(withPatient: boolean): string[] {
  const always = [t('audit.time'), t('audit.what'), t('audit.who'), t('audit.where')]
  return withPatient ? [...always, t('audit.whose')] : always
}

function LogRow({ entry, withPatient }: { entry: Entry; withPatient: boolean }) {
  const detail = detailWords(entry)
  return (
    <tr data-result={entry.result}>
      <td class="list-table__time">
        <time dateTime={entry.at}>{momentWords(entry.at)}</time>
      </td>
      <td>
        <span class="list-table__main">{actionWords(entry.action)}</span>
        <Outcome entry={entry} />
        {detail !== '' && <span class="list-table__more">{detail}</span>}
      </td>
      <td>
        <span>{whoWords(entry)}</span>
        <span class="list-table__more">
          {[entry.user_title, entry.user].filter((part) => part !== '').join(', ') || t('audit.visitor')}
        </span>
      </td>
      <td>{entry.unit_name}</td>
      {withPatient && <td class="numbers">{entry.patient ?? ''}</td>}
    </tr>
  )
}

/** What did not go as asked, in words beside the mark. */
function Outcome({ entry }: { entry: Entry }) {
  if (entry.result === 'ok') return null
  return (
    <span class="log-table__outcome" data-result={entry.result}>
      {entry.result === 'denied' && <ShieldAlert size={16} aria-hidden="true" />}
      {entry.result === 'denied' ? t('audit.deniedWords') : t('audit.results.not_found')}
    </span>
  )
}

/** The shape of the table while it is read. */
export function LogSkeleton() {
  return <ListSkeleton heads={heads(true)} widths={['9rem', '10rem', '8rem', '8rem', '7rem']} rows={6} />
}
