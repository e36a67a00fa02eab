import { Signal, SignalHigh, SignalLow, SignalMedium, SignalZero } from 'lucide-preact'
import type { ParticipantQuality } from '../../protocol/signalling'
import { isWeak, type KnownScore, overallScore, scoreText } from './quality-words'

const ICONS = { 1: SignalZero, 2: SignalLow, 3: SignalMedium, 4: SignalHigh, 5: Signal }

interface QualityMarkProps {
  quality: ParticipantQuality | null | undefined
  /** Always in words; else only when it is weak. */
  words?: boolean
}

/** How well someone is connected, 1-5: by the height of the bars and in words. */
export function QualityMark({ quality, words = false }: QualityMarkProps) {
  const score = overallScore(quality)
  if (score === null) return null
  return (
    <span class="quality" data-score={score}>
      <QualityIcon score={score} />
      <span class={words || isWeak(score) ? undefined : 'ds-sr-only'}>{scoreText(score)}</span>
    </span>
  )
}

function QualityIcon({ score }: { score: KnownScore }) {
  const Icon = ICONS[score]
  return <Icon size={18} aria-hidden="true" />
}
