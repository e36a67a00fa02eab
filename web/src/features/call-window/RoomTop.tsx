import { Maximize, Minimize } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CallState } from '../../call/call-state'
import { t } from '../../i18n'
import { QualityMark } from './QualityMark'

interface RoomTopProps {
  state: CallState
}

/** How long, with whom, how well. */
export function RoomTop({ state }: RoomTopProps) {
  const names = state.participants.map(({ name }) => name).join(', ')
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that led here is gone: whoever does not see the screen hears where they now are.
  useEffect(() => heading.current?.focus(), [])
  return (
    <header class="room-top">
      <h1 class="ds-sr-only" ref={heading} tabIndex={-1}>
        {t('call.room.title')}
      </h1>
      {state.joinedAtMs !== null && <Clock sinceMs={state.joinedAtMs} />}
      <p class="room-top__who">{names}</p>
      {state.phase === 'connected' && (
        <p class="room-top__quality">
          <QualityMark quality={state.self && state.qualities[state.self.id]} words />
        </p>
      )}
      <FullScreen />
    </header>
  )
}

function Clock({ sinceMs }: { sinceMs: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <p class="room-top__clock">
      <span class="ds-sr-only">{t('call.room.clock')}</span> <time>{duration(now - sinceMs)}</time>
    </p>
  )
}

/** `02:07`, or `1:02:07` from an hour on. */
export function duration(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(seconds % 60)}`
}

function FullScreen() {
  const [full, setFull] = useState(document.fullscreenElement !== null)
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  if (!document.fullscreenEnabled) return null
  const toggle = () => (full ? document.exitFullscreen() : document.documentElement.requestFullscreen())
  return (
    <button
      type="button"
      class="icon-button room-top__full"
      aria-label={t(full ? 'call.room.leaveFullScreen' : 'call.room.fullScreen')}
      onClick={() => void toggle()}
    >
      {full ? <Minimize size={20} aria-hidden="true" /> : <Maximize size={20} aria-hidden="true" />}
    </button>
  )
}
