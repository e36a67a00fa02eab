import { FileText, RotateCw } from 'lucide-preact'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { SkeletonLine } from '../../ui/Skeleton'
import { momentWords, type Summary, whyWords } from './words'

interface MessageTableProps {
  messages: readonly Summary[]
  onRead: (message: Summary) => void
  onReplay: (message: Summary) => void
}

/** What came in, newest first; on a phone each row is a card. */
export function MessageTable({ messages, onRead, onReplay }: MessageTableProps) {
  return (
    <table class="message-table">
      <caption class="ds-sr-only">{t('integration.list')}</caption>
      <Heads />
      <tbody>
        {messages.map((message) => (
          <Row key={message.message_id} message={message} onRead={onRead} onReplay={onReplay} />
        ))}
      </tbody>
    </table>
  )
}

function Heads() {
  return (
    <thead>
      <tr>
        <th scope="col">{t('integration.received')}</th>
        <th scope="col">{t('integration.from')}</th>
        <th scope="col">{t('integration.booking')}</th>
        <th scope="col">{t('integration.became')}</th>
        <td />
      </tr>
    </thead>
  )
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
      <td class="numbers message-table__time">
        <time dateTime={message.received_at}>{momentWords(message.received_at)}</time>
      </td>
      <td>
        <span>{message.system}</span>
        <span class="message-table__more">{t(`integration.operations.${message.operation}`)}</span>
      </td>
      <td class="message-table__id">{message.external_id || t('integration.noBookingId')}</td>
      <td>
        <span class="message-table__outcome" data-outcome={message.outcome}>
          {t(`integration.outcomes.${message.outcome}`)}
        </span>
        {why !== '' && <span class="message-table__more">{why}</span>}
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
  return (
    <div aria-busy="true" role="status" aria-label={t('common.loading')}>
      <table class="message-table" aria-hidden="true">
        <Heads />
        <tbody>
          {[1, 2, 3, 4, 5].map((row) => (
            <tr key={row}>
              {['9rem', '6rem', '10rem', '10rem', '8rem'].map((width, column) => (
                <td key={`${row} ${column}`}>
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
