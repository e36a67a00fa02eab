import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
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
  may_not_act: ['visitor.mayNotActTitle', 'visitor.mayNotActText'],
  left: ['visitor.leftTitle', 'visitor.leftText'],
  removed: ['visitor.removedTitle', 'visitor.removedText'],
} as const

interface ClosedPageProps {
  reason: ClosedReason
  /** Asks for the link on this device again. */
  onTakeOver: () => Promise<void>
}

/** Why the visit is not shown here, and what to do (G2, G5). */
export function ClosedPage({ reason, onTakeOver }: ClosedPageProps) {
  const [title, text] = TEXTS[reason]
  return (
    <Message title={t(title)} text={t(text)}>
      {reason === 'replaced' && <TakeOver onTakeOver={onTakeOver} />}
    </Message>
  )
}

function TakeOver({ onTakeOver }: Pick<ClosedPageProps, 'onTakeOver'>) {
  const [busy, setBusy] = useState(false)
  const takeOver = () => {
    setBusy(true)
    void onTakeOver().finally(() => setBusy(false))
  }
  return (
    <Button busy={busy} onClick={takeOver}>
      {t('visitor.useHere')}
    </Button>
  )
}
