import { TriangleAlert, Video } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { StatusChip } from '../../ui/StatusChip'
import { sayProblem } from '../../ui/toasts'
import { EDITING } from '../participants/editing'
import { formWords, rowName } from './row-words'
import { waitingWords } from './waiting-words'

interface AgendaRowProps {
  entry: Shape<'AgendaEntry'>
  now: number
  onOpen: (address: string) => void
}

/** One visit; its one button is its next step (L3). */
export function AgendaRow({ entry, now, onOpen }: AgendaRowProps) {
  const rowId = useId()
  const over = isOver(entry)
  return (
    <li class="agenda-row" data-over={over || undefined} data-status={entry.status}>
      <time id={rowId} class="agenda-row__time" dateTime={entry.starts_at}>
        {clockTime(entry.starts_at)}
      </time>
      <div class="agenda-row__who">
        {entry.protected ? <ProtectedBadge /> : <span class="agenda-row__name">{rowName(entry)}</span>}
        {tellsMore(entry) && <span class="agenda-row__reason">{entry.reason}</span>}
      </div>
      <RowNews entry={entry} now={now} of={rowId} />
      <span class="agenda-row__kind" data-form={entry.form}>
        {formWords(entry)}
      </span>
      <StatusChip status={entry.status} />
      <RowAction entry={entry} onOpen={onOpen} of={rowId} />
    </li>
  )
}

/** Whether the reason says anything that the form does not: a relative's and a booking system's may be the form's own word. */
function tellsMore({ reason, form }: Shape<'AgendaEntry'>): boolean {
  return reason !== '' && form !== 'relative' && reason !== t(`form.${form}`)
}

/** What is going on: who waits since when, who has received it, whether a call runs. */
function RowNews({ entry, now, of }: Pick<AgendaRowProps, 'entry' | 'now'> & { of: string }) {
  const over = isOver(entry)
  return (
    <div class="agenda-row__news">
      {entry.waiting.map((person) => (
        <span key={person.since} class={person.away ? 'agenda-row__away' : 'agenda-row__waits'}>
          {waitingWords(person, entry, now)}
        </span>
      ))}
      {entry.unreached > 0 && <Unreached entry={entry} of={of} />}
      {entry.late !== null && !over && (
        <span class="agenda-row__late">
          {t(entry.form === 'group' ? 'startPage.someoneLate' : 'startPage.late', { minutes: entry.late })}
        </span>
      )}
      {entry.call_running && (
        <span class="agenda-row__call">
          <Video size={16} aria-hidden="true" /> {t('startPage.callRunning')}
        </span>
      )}
      {entry.received !== null && (
        <span class="agenda-row__received">
          {t('startPage.receivedBy', { name: entry.received.by, time: clockTime(entry.received.at) })}
        </span>
      )}
    </div>
  )
}

/** Somebody does not know what they were told; where it can be mended is a click away (B10). */
function Unreached({ entry, of }: { entry: Shape<'AgendaEntry'>; of: string }) {
  return (
    <span class="agenda-row__unreached">
      <TriangleAlert size={18} aria-hidden="true" />
      <span>
        {t('startPage.unreached', { count: entry.unreached })}{' '}
        {!isOver(entry) && (
          <Link href={`/besok/${entry.visit_id}${EDITING}`} aria-describedby={of}>
            {t('participants.edit')}
          </Link>
        )}
      </span>
    </span>
  )
}

function isOver(entry: Shape<'AgendaEntry'>): boolean {
  return ['avslutat', 'avbokat', 'uteblivet'].includes(entry.status)
}

interface RowActionProps extends Pick<AgendaRowProps, 'entry' | 'onOpen'> {
  /** The id of what tells this row from the others. */
  of: string
}

function RowAction({ entry, onOpen, of }: RowActionProps) {
  const [busy, setBusy] = useState(false)
  const address = `/besok/${entry.visit_id}`
  const toReceive = !entry.invited && entry.status === 'bokat' && entry.waiting.length > 0
  const receive = async () => {
    setBusy(true)
    try {
      await answer(api.POST('/visits/{visit_id}/receive', { params: { path: { visit_id: entry.visit_id } } }))
      onOpen(address)
    } catch (thrown) {
      setBusy(false)
      sayProblem(thrown)
    }
  }
  return toReceive ? (
    <Button class="agenda-row__action" data-row-action="" aria-describedby={of} busy={busy} onClick={receive}>
      {t('startPage.receive')}
    </Button>
  ) : (
    <Button
      class="agenda-row__action"
      data-row-action=""
      aria-describedby={of}
      variant="secondary"
      color="neutral"
      onClick={() => onOpen(address)}
    >
      {t('startPage.open')}
    </Button>
  )
}
