import { EyeOff, MicOff, Move } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import type { Self } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { Avatar } from './Avatar'
import { MediaVideo } from './MediaVideo'
import type { SelfSpace } from './Stage'

const CORNERS = ['bottom-right', 'bottom-left', 'top-left', 'top-right'] as const
type Corner = (typeof CORNERS)[number]

interface SelfViewProps {
  self: Self | null
  media: LocalMediaState
  space: SelfSpace
  onHide: () => void
}

/** The own picture: small, mirrored, in a corner of one's choice (by dragging or by the button). */
export function SelfView({ self, media, space, onHide }: SelfViewProps) {
  const [corner, setCorner] = useState<Corner>('bottom-right')
  const drag = useDrag(setCorner)
  const { track, on } = media.camera
  return (
    <section
      class="self-view"
      aria-label={t('call.room.selfView')}
      data-corner={corner}
      data-dragging={drag.dragging || undefined}
      style={{ ...drag.style, ...space.size, '--above': `${space.above}px` }}
      {...drag.handlers}
    >
      {track !== null && on ? (
        <MediaVideo track={track} participantId={self?.id ?? ''} source="camera" self />
      ) : (
        <div class="tile__empty">
          <Avatar name={self?.name ?? ''} />
          <span class="tile__no-picture">{t('call.room.cameraIsOff')}</span>
        </div>
      )}
      <p class="self-view__label">
        {!media.microphone.on && <MicOff size={14} role="img" aria-label={t('call.room.micIsOff')} />}
        {t('call.room.you')}
      </p>
      <div class="self-view__buttons">
        <button type="button" onClick={() => setCorner(next(corner))} aria-label={t('call.room.moveSelf')}>
          <Move size={18} aria-hidden="true" />
        </button>
        <button type="button" onClick={onHide} aria-label={t('call.room.hideSelf')}>
          <EyeOff size={18} aria-hidden="true" />
        </button>
      </div>
    </section>
  )
}

function next(corner: Corner): Corner {
  return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? 'bottom-right'
}

/** Follows the pointer, and on release goes to the nearest corner of what it stands in. */
function useDrag(onCorner: (corner: Corner) => void) {
  const start = useRef<{ x: number; y: number } | null>(null)
  const [offset, setOffset] = useState<{ x: number; y: number } | null>(null)

  const onPointerDown = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('button')) return
    start.current = { x: event.clientX, y: event.clientY }
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (start.current !== null)
      setOffset({ x: event.clientX - start.current.x, y: event.clientY - start.current.y })
  }
  const onPointerUp = (event: PointerEvent) => {
    if (start.current !== null && offset !== null) onCorner(nearest(event))
    start.current = null
    setOffset(null)
  }
  return {
    dragging: offset !== null,
    style: offset === null ? {} : { translate: `${offset.x}px ${offset.y}px` },
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  }
}

function nearest(event: PointerEvent): Corner {
  const frame = (event.currentTarget as Element).parentElement?.getBoundingClientRect()
  if (frame === undefined) return 'bottom-right'
  const top = event.clientY < frame.top + frame.height / 2
  const left = event.clientX < frame.left + frame.width / 2
  return `${top ? 'top' : 'bottom'}-${left ? 'left' : 'right'}`
}
