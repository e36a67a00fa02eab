import { currentLanguage, t } from '../../i18n'
import type { ParticipantQuality } from '../../protocol/signalling'

export type KnownScore = 1 | 2 | 3 | 4 | 5

const WEAK = 2

/** The worse direction counts: a talk needs both. null while nothing is known. */
export function overallScore(quality: ParticipantQuality | null | undefined): KnownScore | null {
  const known = [quality?.up, quality?.down].filter((score) => score !== null && score !== undefined)
  return known.length === 0 ? null : (Math.min(...known) as KnownScore)
}

export function isWeak(score: number | null | undefined): boolean {
  return score !== null && score !== undefined && score <= WEAK
}

export function scoreText(score: KnownScore): string {
  return t(`call.quality.score${score}`)
}

/** What staff are told of someone's weak connection, by its cause; others only whom it comes from. */
export function weaknessText(name: string, { up, down, cause }: ParticipantQuality): string | null {
  if (cause !== null && cause !== undefined && (isWeak(up) || isWeak(down)))
    return t(`call.quality.${cause}`, { name, whose: possessive(name) })
  return isWeak(up) ? t('call.quality.from', { name }) : null
}

/** Whose: `Annas`, and `Andreas` for Andreas; `Anna's` in English. */
export function possessive(name: string): string {
  if (currentLanguage() === 'en') return `${name}'s`
  return /[sxz]$/i.test(name) ? name : `${name}s`
}
