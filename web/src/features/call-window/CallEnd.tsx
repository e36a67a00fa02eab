import { useEffect, useRef } from 'preact/hooks'
import type { CallState, EndReason } from '../../call/call-state'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { type CallRating, Rating } from './Rating'

interface CallEndProps {
  state: CallState
  goesOn: boolean
  rate: (callId: string, rating: CallRating) => Promise<unknown>
  onAgain: () => void
  onDone: () => void
}

const WITH_TEXT = [
  'replaced',
  'removed',
  'not_admitted',
  'unsupported',
  'connection_lost',
  'no_staff',
] as const
type WithText = (typeof WITH_TEXT)[number]

/** After the call: how it went, or why one did not get in. */
export function CallEnd({ state, goesOn, rate, onAgain, onDone }: CallEndProps) {
  const reason = state.endReason ?? 'left'
  const { callId } = state
  const title = t(`call.end.${reason}`)
  if (callId !== null && state.joinedAtMs !== null && isOver(reason))
    return (
      <Rating
        title={title}
        text={textOf(reason)}
        {...(reason === 'left' && goesOn && { onAgain })}
        rate={(rating) => rate(callId, rating)}
        onDone={onDone}
      />
    )
  return <NoCall title={title} text={textOf(reason)} reason={reason} onAgain={onAgain} onDone={onDone} />
}

interface NoCallProps {
  title: string
  text: string | undefined
  reason: EndReason
  onAgain: () => void
  onDone: () => void
}

function NoCall({ title, text, reason, onAgain, onDone }: NoCallProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const again = reason === 'connection_lost' || reason === 'not_admitted'
  return (
    <div class="call-end">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {text !== undefined && <p>{text}</p>}
      {again && <Button onClick={onAgain}>{t('call.endText.again')}</Button>}
      <Button variant={again ? 'tertiary' : 'primary'} color={again ? 'neutral' : 'accent'} onClick={onDone}>
        {t('call.endText.continue')}
      </Button>
    </div>
  )
}

/** The call is behind this person, so that they can say how it was. */
function isOver(reason: EndReason): boolean {
  return !['replaced', 'removed', 'not_admitted', 'unsupported', 'connection_lost'].includes(reason)
}

function textOf(reason: EndReason): string | undefined {
  const known = WITH_TEXT.find((each): each is WithText => each === reason)
  return known && t(`call.endText.${known}`)
}
