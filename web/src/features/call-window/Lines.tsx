import { MicOff, RefreshCw, TriangleAlert, VideoOff, VolumeX } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { CallState } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { problemText, weakText } from './problem-line'
import { useForAWhile } from './use-for-a-while'

const WEAK_SHOWN_MS = 12_000

export type SoundOnly = 'chosen' | 'forced' | null

interface LinesProps {
  state: CallState
  media: LocalMediaState
  soundBlocked: boolean
  soundOnly: SoundOnly
  shareFailed: boolean
  onUnblock: () => void
  onUnmute: () => void
  onShowPictures: () => void
}

/** What is to be known now, in slim lines: what one can do something about, and the worst problem. */
export function Lines(props: LinesProps) {
  const { state, media } = props
  const away = state.phase === 'reconnecting'
  const weak = useForAWhile(weakText(state), WEAK_SHOWN_MS)
  const problem = away ? null : (problemText(state, media, props) ?? weak)
  return (
    <div class="lines">
      <div role="status">
        {away && (
          <Line icon={<RefreshCw size={18} aria-hidden="true" class="turning" />} strong>
            {t('call.room.reconnecting')}
          </Line>
        )}
        {state.mutedBy !== null && (
          <Line icon={<MicOff size={18} aria-hidden="true" />} strong>
            {t('call.mute.byStaff', { name: state.mutedBy })}
            <Button onClick={props.onUnmute}>{t('call.mute.unmute')}</Button>
          </Line>
        )}
        {props.soundOnly !== null && !away && (
          <Line icon={<VideoOff size={18} aria-hidden="true" />} strong>
            {t(`call.soundOnly.${props.soundOnly}`)}
            <Button onClick={props.onShowPictures}>{t(`call.soundOnly.${props.soundOnly}Leave`)}</Button>
          </Line>
        )}
        {problem !== null && <Line icon={<TriangleAlert size={18} aria-hidden="true" />}>{problem}</Line>}
      </div>
      {props.soundBlocked && (
        <Line icon={<VolumeX size={18} aria-hidden="true" />} strong>
          {t('call.room.soundBlocked')}
          <Button onClick={props.onUnblock}>{t('call.room.unblock')}</Button>
        </Line>
      )}
    </div>
  )
}

function Line({
  icon,
  strong,
  children,
}: {
  icon: ComponentChildren
  strong?: boolean
  children: ComponentChildren
}) {
  return (
    <p class="line" data-strong={strong || undefined}>
      {icon}
      <span>{children}</span>
    </p>
  )
}
