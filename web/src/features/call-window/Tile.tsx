import { MicOff, MonitorUp } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { ViewReporter } from '../../call/view-reporter'
import { t } from '../../i18n'
import type { ParticipantQuality } from '../../protocol/signalling'
import { useRoleName } from './call-people'
import { PinButton } from './PinButton'
import { QualityMark } from './QualityMark'
import type { StageItem } from './stage-items'
import type { Rect } from './stage-layout'
import { TilePicture } from './TilePicture'

interface TileProps {
  item: StageItem
  /** Where it stands; undefined before anything has been measured. */
  rect: Rect | undefined
  large: boolean
  speaking: boolean
  pinned: boolean
  soundOnly: boolean
  quality: ParticipantQuality | undefined
  views: ViewReporter
  /** null where there is nothing to choose between. */
  onPin: ((pinned: boolean) => void) | null
  onShowHeld: (consumerId: string) => void
}

/** One person or one shared screen: picture or initials, name, and what the picture cannot tell. */
export function Tile(props: TileProps) {
  const { item, rect, large, pinned, onPin } = props
  const { id, connected, media } = item.participant
  const isMuted = media.microphone === undefined || media.microphone.paused
  const name = tileName(item)
  return (
    <li
      class="tile"
      data-participant-id={item.screen === null ? id : undefined}
      data-share={item.screen === null ? undefined : id}
      data-connected={connected}
      data-large={large || undefined}
      data-speaking={(props.speaking && !isMuted && item.screen === null) || undefined}
      style={rect && { position: 'absolute', ...rect }}
    >
      <TilePicture {...props} />
      {item.screen === null ? (
        <PersonLabel {...props} muted={isMuted} />
      ) : (
        <Label>
          <MonitorUp size={16} aria-hidden="true" />
          <span class="tile__name">{name}</span>
        </Label>
      )}
      {onPin !== null && <PinButton name={name} pinned={pinned} onPin={onPin} />}
    </li>
  )
}

export function tileName({ participant: { name }, screen }: StageItem): string {
  return screen === null ? name : t('call.stage.screenOf', { name })
}

function PersonLabel({ item, quality, muted }: TileProps & { muted: boolean }) {
  const { id, name, role, connected } = item.participant
  const roleName = useRoleName('shownAsShort')
  return (
    <Label>
      {muted && <MicOff size={16} role="img" aria-label={t('call.room.micIsOff')} />}
      <span class="tile__name">{name}</span>
      <span class="tile__role">{roleName(role, id)}</span>
      {connected && <QualityMark quality={quality} />}
      {!connected && <span class="tile__state">{t('call.room.lost')}</span>}
    </Label>
  )
}

function Label({ children }: { children: ComponentChildren }) {
  return <p class="tile__label">{children}</p>
}
