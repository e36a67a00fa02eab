import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { Again } from './Again'
import { ContactClinic } from './ContactClinic'
import { Message } from './Message'
import type { Closed, ClosedReason } from './use-visit'
import { dayFirst, inWords, wordsOf } from './words'

const TEXTS = {
  no_link: ['visitor.noLinkTitle', 'visitor.noLinkText'],
  unknown: ['visitor.unknownTitle', 'visitor.unknownText'],
  newer_link: ['visitor.newerLinkTitle', 'visitor.newerLinkText'],
  expired: ['visitor.expiredTitle', 'visitor.expiredText'],
  ended: ['visitor.endedTitle', 'visitor.endedText'],
  cancelled: ['visitor.cancelledTitle', 'visitor.cancelledText'],
  replaced: ['visitor.replacedTitle', 'visitor.replacedText'],
  too_many: ['visitor.tooManyTitle', 'visitor.tooManyText'],
  may_not_act: ['visitor.mayNotActTitle', 'visitor.mayNotActText'],
  left: ['visitor.leftTitle', 'visitor.leftText'],
  logged_out: ['visitor.loggedOutTitle', 'visitor.loggedOutText'],
  removed: ['visitor.removedTitle', 'visitor.removedText'],
  gave_up: ['selfService.cancelledTitle', 'selfService.newTime'],
} as const

/** There is nothing to call about: the way back is here, or in the message. */
const NO_CALL: readonly ClosedReason[] = ['no_link', 'replaced', 'left']

interface ClosedPageProps {
  reason: ClosedReason
  about: Closed | null
  /** Reads the visit again. */
  onAgain: () => Promise<void>
  /** Asks for the link on this device again. */
  onTakeOver: () => Promise<void>
}

/** Why the visit is not shown here, what was done, and how to reach the clinic (G2, G5, B9, B11). */
export function ClosedPage({ reason, about, onAgain, onTakeOver }: ClosedPageProps) {
  const [title, text] = TEXTS[reason]
  const context = about === null ? 'visit' : wordsOf(about)
  return (
    <Message title={inWords(title, context)}>
      {reason === 'gave_up' && about !== null && about.starts_at !== null && (
        <p>{whatWasCancelled(about.starts_at)}</p>
      )}
      <p>{inWords(text, context)}</p>
      {reason === 'left' && <Again onAgain={onAgain}>{t('visitor.comeBack')}</Again>}
      {reason === 'too_many' && <Again onAgain={onAgain}>{t('common.tryAgain')}</Again>}
      {reason === 'replaced' && <Again onAgain={onTakeOver}>{t('visitor.useHere')}</Again>}
      {about !== null && !NO_CALL.includes(reason) && <ContactClinic clinic={about.clinic} />}
    </Message>
  )
}

function whatWasCancelled(starts_at: string): string {
  return t('selfService.cancelledText', { day: dayFirst({ starts_at }), time: clockTime(starts_at) })
}
