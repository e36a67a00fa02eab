import { MicOff } from 'lucide-preact'
import type { RemoteParticipant } from '../../call/call-state'
import type { ViewReporter } from '../../call/view-reporter'
import { t } from '../../i18n'
import { Avatar } from './Avatar'
import { MediaVideo } from './MediaVideo'
import { roleName } from './role-name'
import { useShownSize } from './use-shown-size'

interface TileProps {
  participant: RemoteParticipant
  speaking: boolean
  /** In the active layout. */
  large: boolean
  views: ViewReporter
}

/** One person: picture or initials, name, role, and what the picture cannot tell. */
export function Tile({ participant, speaking, large, views }: TileProps) {
  const { id, name, role, connected, media } = participant
  const muted = media.microphone === undefined || media.microphone.paused
  return (
    <li
      class="tile"
      data-participant-id={id}
      data-connected={connected}
      data-large={large || undefined}
      data-speaking={(speaking && !muted) || undefined}
    >
      <Picture participant={participant} views={views} />
      <p class="tile__label">
        {muted && <MicOff size={16} role="img" aria-label={t('call.room.micIsOff')} />}
        <span class="tile__name">{name}</span>
        <span class="tile__role">{roleName(role)}</span>
        {!connected && <span class="tile__state">{t('call.room.lost')}</span>}
      </p>
    </li>
  )
}

function Picture({ participant: { id, name, media }, views }: Pick<TileProps, 'participant' | 'views'>) {
  const camera = media.camera
  const shown = useShownSize(views, camera?.consumerId, false)
  return (
    <div class="tile__picture" ref={shown}>
      {camera?.track && !camera.paused ? (
        <MediaVideo track={camera.track} participantId={id} source="camera" />
      ) : (
        <div class="tile__empty">
          <Avatar name={name} />
          <span class="tile__no-picture">{t('call.room.cameraIsOff')}</span>
        </div>
      )}
    </div>
  )
}
