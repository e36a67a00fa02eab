/** What is wrong now, the worst first, in one sentence. */

import type { CallState } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { isWeak, weaknessText } from './quality-words'

const ATTEMPTS_BEFORE_SAYING = 2

interface Known {
  /** Sound only, which is said by a line of its own. */
  soundOnly: string | null
  shareFailed: boolean
}

export function problemText(state: CallState, media: LocalMediaState, known: Known): string | null {
  if (state.phase === 'joining')
    return state.attempts > ATTEMPTS_BEFORE_SAYING ? t('call.room.stillConnecting') : null
  return deviceProblem(state, media, known) ?? ownConnection(state, known) ?? lostText(state)
}

function deviceProblem(
  { unpublished }: CallState,
  { camera, microphone }: LocalMediaState,
  { shareFailed }: Known,
): string | null {
  if (microphone.problem !== null) return t(`call.problem.microphone.${microphone.problem}`)
  if (camera.problem !== null) return t(`call.problem.camera.${camera.problem}`)
  if (shareFailed) return t('call.share.failed')
  if (unpublished.some((source) => source !== 'screen')) return t('call.room.notShared')
  return unpublished.length > 0 ? t('call.share.refused') : null
}

function ownConnection({ self, qualities }: CallState, { soundOnly }: Known): string | null {
  const own = self === null ? undefined : qualities[self.id]
  if (own === undefined) return null
  if (own.cause === 'device') return t('call.quality.ownDevice')
  if (isWeak(own.up)) return t('call.quality.ownUplink')
  return isWeak(own.down) && soundOnly === null ? t('call.quality.ownDownlink') : null
}

function lostText({ participants }: CallState): string | null {
  const lost = participants.find(({ connected }) => !connected)
  return lost === undefined ? null : t('call.room.someoneLost', { name: lost.name })
}

/** Whose connection is weak; their tile goes on saying so. */
export function weakText({ participants, qualities }: CallState): string | null {
  for (const { id, name } of participants) {
    const quality = qualities[id]
    const text = quality === undefined ? null : weaknessText(name, quality)
    if (text !== null) return text
  }
  return null
}
