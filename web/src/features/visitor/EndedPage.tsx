import { t } from '../../i18n'
import { Message } from './Message'
import type { View } from './use-visit'

/** The visit is over: held, cancelled or missed. */
export function EndedPage({ status }: { status: View['status'] }) {
  if (status === 'avbokat')
    return <Message title={t('visitor.cancelledTitle')} text={t('visitor.cancelledText')} />
  if (status === 'uteblivet')
    return <Message title={t('visitor.missedTitle')} text={t('visitor.missedText')} />
  return <Message title={t('visitor.endedTitle')} text={t('visitor.endedText')} />
}
