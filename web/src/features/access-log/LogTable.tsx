import { ShieldAlert } from 'lucide-preact'
import { t } from '../../i18n'
import { SkeletonLine } from '../../ui/Skeleton'
import { actionWords, detailWords, type Entry, momentWords, whoWords } from './words'

interface LogTableProps {
  entries: readonly Entry[]
  /** Whose data it was; left out where the whole list is of one patient. */
  withPatient?: boolean
}

/** Entries as a table; on a phone each row is a card. */
export function LogTable({ entries, withPatient = true }: LogTableProps) {
  return (
    <table class="log-table">
      <caption class="ds-sr-only">{t('audit.list')}</caption>
      <Heads withPatient={withPatient} />
      <tbody>
        {entries.map((entry) => (
          <LogRow key={entry.audit_id} entry={entry} withPatient={withPatient} />
        ))}
      </tbody>
    </table>
  )
}

function Heads({ withPatient }: { withPatient: boolean }) {
  return (
    <thead>
      <tr>
        <th scope="col">{t('audit.time')}</th>
        <th scope="col">{t('audit.what')}</th>
        <th scope="col">{t('audit.who')}</th>
        <th scope="col">{t('audit.where')}</th>
        {withPatient && <th scope="col">{t('audit.whose')}</th>}
      </tr>
    </thead>
  )
}

function LogRow({ entry, withPatient }: { entry: Entry; withPatient: boolean }) {
  const detail = detailWords(entry)
  return (
    <tr data-result={entry.result}>
      <td class="log-table__time">
        <time dateTime={entry.at}>{momentWords(entry.at)}</time>
      </td>
      <td>
        <span class="log-table__what">{actionWords(entry.action)}</span>
        <Outcome entry={entry} />
        {detail !== '' && <span class="log-table__more">{detail}</span>}
      </td>
      <td>
        <span>{whoWords(entry)}</span>
        <span class="log-table__more">
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
  return (
    <div aria-busy="true" role="status" aria-label={t('common.loading')}>
      <table class="log-table" aria-hidden="true">
        <Heads withPatient />
        <tbody>
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <tr key={row}>
              <td>
                <SkeletonLine width="9rem" />
              </td>
              <td>
                <SkeletonLine width="10rem" />
              </td>
              <td>
                <SkeletonLine width="8rem" />
              </td>
              <td>
                <SkeletonLine width="8rem" />
              </td>
              <td>
                <SkeletonLine width="7rem" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
