import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { Button } from '../../ui/Button'
import { ContactClinic } from './ContactClinic'
import { Message } from './Message'
import type { Closed, ClosedReason } from './use-visit'
import { dayFirst, inWords, wordsOf } from './words'

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
  gave_up: ['selfService.cancelledTitle', 'selfService.newTime'],
} as const

/** There is nothing to call about: the visit goes on elsewhere, or was held. */
const NO_CALL: readonly ClosedReason[] = ['no_link', 'replaced', 'left', 'ended']

interface ClosedPageProps {
  reason: ClosedReason
  about: Closed | null
  /** Asks for the link on this device again. */
  onTakeOver: () => Promise<void>
}

/** Why the visit is not shown here, what was done, and how to reach the clinic (G2, G5, B9, B11). */
export function ClosedPage({ reason, about, onTakeOver }: ClosedPageProps) {
  const [title, text] = TEXTS[reason]
  const context = about === null ? 'visit' : wordsOf(about)
  return (
    <Message title={inWords(title, context)}>
      {reason === 'gave_up' && about !== null && about.starts_at !== null && (
        <p>{whatWasCancelled(about.starts_at)}</p>
      )}
      <p>{inWords(text, context)}</p>
      {about !== null && !NO_CALL.includes(reason) && <ContactClinic clinic={about.clinic} />}
      {reason === 'replaced' && <TakeOver onTakeOver={onTakeOver} />}
    </Message>
  )
}

function whatWasCancelled(starts_at: string): string {
  return t('selfService.cancelledText', { day: dayFirst({ starts_at }), time: clockTime(starts_at) })
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
