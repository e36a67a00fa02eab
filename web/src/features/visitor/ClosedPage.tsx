import { t } from '../../i18n'
import { Message } from './Message'
import type { ClosedReason } from './use-visit'

const TEXTS = {
  no_link: ['visitor.noLinkTitle', 'visitor.noLinkText'],
  unknown: ['visitor.unknownTitle', 'visitor.unknownText'],
  expired: ['visitor.expiredTitle', 'visitor.expiredText'],
  ended: ['visitor.endedTitle', 'visitor.endedText'],
  cancelled: ['visitor.cancelledTitle', 'visitor.cancelledText'],
  replaced: ['visitor.replacedTitle', 'visitor.replacedText'],
  too_many: ['visitor.tooManyTitle', 'visitor.tooManyText'],
  left: ['visitor.leftTitle', 'visitor.leftText'],
} as const

/** Why the visit is not shown here, and what to do (G2, G5). */
export function ClosedPage({ reason }: { reason: ClosedReason }) {
  const [title, text] = TEXTS[reason]
  return <Message title={t(title)} text={t(text)} />
}
