import type { ComponentChildren } from 'preact'
import { t } from '../i18n'
import { SkeletonLine } from './Skeleton'
import './list-table.css'

interface ListTableProps {
  /** Read aloud, not shown. */
  caption: string
  /** Of each column; an empty one stands over buttons. */
  heads: readonly string[]
  /** The rows. */
  children: ComponentChildren
}

/** A table of what is read line by line; on a narrow page each line is a card. */
export function ListTable({ caption, heads, children }: ListTableProps) {
  return (
    <table class="list-table">
      <caption class="ds-sr-only">{caption}</caption>
      <Heads heads={heads} />
      <tbody>{children}</tbody>
    </table>
  )
}

function Heads({ heads }: Pick<ListTableProps, 'heads'>) {
  return (
    <thead>
      <tr>
        {heads.map((head) =>
          head === '' ? (
            <td key={head} />
          ) : (
            <th key={head} scope="col">
              {head}
            </th>
          ),
        )}
      </tr>
    </thead>
  )
}

interface ListSkeletonProps {
  heads: readonly string[]
  /** Of the text in each column. */
  widths: readonly string[]
  rows: number
}

/** The shape of the table while it is read. */
export function ListSkeleton({ heads, widths, rows }: ListSkeletonProps) {
  return (
    <div aria-busy="true" role="status" aria-label={t('common.loading')}>
      <table class="list-table" aria-hidden="true">
        <Heads heads={heads} />
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={`row ${row}`}>
              {widths.map((width, column) => (
                <td key={`${heads[column]}`}>
                  <SkeletonLine width={width} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
