import { FileText, RotateCw } from 'lucide-preact'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { ListSkeleton, ListTable } from '../../ui/ListTable'
import { momentWords, type Summary, whyWords } from './words'

interface MessageTableProps {
  messages: readonly Summary[]
  onRead: (message: Summary) => void
  onReplay: (message: Summary) => void
}

/** What came in, newest first. */
export function MessageTable({ messages, onRead, onReplay }: MessageTableProps) {
  return (
    <ListTable caption={t('integration.list')} heads={heads()}>
      {messages.map((message) => (
        <Row key={message.message_id} message={message} onRead={onRead} onReplay={onReplay} />
      ))}
    </ListTable>
  )
}

function heads(): string[] {
  return [
    t('integration.received'),
    t('integration.from'),
    t('integration.booking'),
    t('integration.became'),
    '',
  ]
}

interface RowProps {
  message: Summary
  onRead: (message: Summary) => void
  onReplay: (message: Summary) => void
}

function Row({ message, onRead, onReplay }: RowProps) {
  const why = whyWords(message)
  return (
    <tr>
      <td class="numbers list-table__time">
        <time dateTime={message.received_at}>{momentWords(message.received_at)}</time>
      </td>
      <td>
        <span>{message.system}</span>
        <span class="list-table__more">{t(`integration.operations.${message.operation}`)}</span>
      </td>
      <td class="message-table__id">{message.external_id || t('integration.noBookingId')}</td>
      <td>
        <span class="list-table__main message-table__outcome" data-outcome={message.outcome}>
          {t(`integration.outcomes.${message.outcome}`)}
        </span>
        {why !== '' && <span class="list-table__more">{why}</span>}
      </td>
      <td>
        <div class="message-table__actions">
          <Button
            variant="secondary"
            color="neutral"
            icon={<FileText size={16} aria-hidden="true" />}
            onClick={() => onRead(message)}
          >
            {t('integration.read')}
          </Button>
          <Button
            variant="tertiary"
            icon={<RotateCw size={16} aria-hidden="true" />}
            onClick={() => onReplay(message)}
          >
            {t('integration.again')}
          </Button>
        </div>
      </td>
    </tr>
  )
}

/** The shape of the table while it is read. */
export function MessageSkeleton() {
  return <ListSkeleton heads={heads()} widths={['9rem', '6rem', '10rem', '10rem', '8rem']} rows={5} />
}
