import { RefreshCw, TriangleAlert, VolumeX } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { CallState } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'

const ATTEMPTS_BEFORE_SAYING = 2

interface LinesProps {
  state: CallState
  media: LocalMediaState
  soundBlocked: boolean
  onUnblock: () => void
}

/** What is wrong now, one slim line, the worst first. */
export function Lines({ state, media, soundBlocked, onUnblock }: LinesProps) {
  const problem = problemLine(state, media)
  return (
    <div class="lines">
      <div role="status">
        {state.phase === 'reconnecting' && (
          <Line icon={<RefreshCw size={18} aria-hidden="true" class="turning" />} strong>
            {t('call.room.reconnecting')}
          </Line>
        )}
        {state.phase !== 'reconnecting' && problem !== null && (
          <Line icon={<TriangleAlert size={18} aria-hidden="true" />}>{problem}</Line>
        )}
      </div>
      {soundBlocked && (
        <Line icon={<VolumeX size={18} aria-hidden="true" />} strong>
          {t('call.room.soundBlocked')}
          <Button onClick={onUnblock}>{t('call.room.unblock')}</Button>
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

function problemLine(state: CallState, media: LocalMediaState): string | null {
  if (state.phase === 'joining')
    return state.attempts > ATTEMPTS_BEFORE_SAYING ? t('call.room.stillConnecting') : null
  return ownProblem(state, media) ?? othersProblem(state)
}

function ownProblem(state: CallState, { camera, microphone }: LocalMediaState): string | null {
  if (microphone.problem !== null) return t(`call.problem.microphone.${microphone.problem}`)
  if (camera.problem !== null) return t(`call.problem.camera.${camera.problem}`)
  if (state.unpublished.length > 0) return t('call.room.notShared')
  return isWeak(state, state.self?.id) ? t('call.room.ownPoor') : null
}

function othersProblem(state: CallState): string | null {
  const { participants } = state
  const lost = participants.find(({ connected }) => !connected)
  if (lost !== undefined) return t('call.room.someoneLost', { name: lost.name })
  const poor = participants.find(({ id }) => isWeak(state, id))
  return poor === undefined ? null : t('call.room.someonePoor', { name: poor.name })
}

const WEAK = 2

/** What they send does not get through. */
function isWeak({ qualities }: CallState, id: string | undefined): boolean {
  const up = id === undefined ? null : (qualities[id]?.up ?? null)
  return up !== null && up <= WEAK
}
