import { useEffect, useRef, useState } from 'preact/hooks'
import { watchLevel } from '../../call/level-meter'
import { t } from '../../i18n'

const STEPS = 20

/** Shows that one is heard. */
export function LevelMeter({ track, muted }: { track: MediaStreamTrack | null; muted: boolean }) {
  const level = useLevel(muted ? null : track)
  return (
    <div class="level">
      <meter class="level__bar" aria-label={t('call.devices.level')} min={0} max={STEPS} value={level} />
      <p class="level__help">{t(muted ? 'call.devices.levelMuted' : 'call.devices.levelHelp')}</p>
    </div>
  )
}

/** 0-20: drawn again only when it shows. */
function useLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0)
  const shown = useRef(0)
  useEffect(() => {
    setLevel(0)
    if (track === null) return undefined
    return watchLevel(track, (loudness) => {
      // Falls slowly, as the needle of a meter does.
      shown.current = Math.max(loudness, shown.current * 0.8)
      setLevel(Math.round(shown.current * STEPS))
    })
  }, [track])
  return level
}
