import { t } from '../i18n'
import type { Shape } from '../protocol/api'
import './chips.css'

type Status = Shape<'VisitView'>['status']

/** A visit's status in words; the colour only repeats it. */
export function StatusChip({ status }: { status: Status }) {
  return (
    <span class="chip" data-status={status}>
      {t(`status.${status}`)}
    </span>
  )
}
