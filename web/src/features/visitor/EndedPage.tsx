import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { ContactClinic } from './ContactClinic'
import { Message } from './Message'
import { clinicOf, type View } from './use-visit'
import { dayOf, wordsOf } from './words'

/** The visit is over: held, cancelled or missed; the clinic and its number stay (B9). */
export function EndedPage({ view }: { view: View }) {
  const context = wordsOf(view)
  if (view.status === 'avslutat')
    return (
      <Message title={t('visitor.endedTitle', { context })}>
        <p>{t('visitor.endedText', { context })}</p>
        <ContactClinic clinic={clinicOf(view)} />
      </Message>
    )
  const cancelled = view.status === 'avbokat'
  return (
    <Message title={t(cancelled ? 'visitor.cancelledTitle' : 'visitor.missedTitle', { context })}>
      <p>{t('visitor.wasAt', { day: dayOf(view), time: clockTime(view.starts_at) })}</p>
      <p>{t(cancelled ? 'visitor.cancelledText' : 'visitor.missedText')}</p>
      <ContactClinic clinic={clinicOf(view)} />
    </Message>
  )
}
