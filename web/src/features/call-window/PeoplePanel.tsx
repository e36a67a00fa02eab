import { Mic, MicOff, Video, VideoOff } from 'lucide-preact'
import type { RemoteMedia, RemoteParticipant, Self } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import type { Role } from '../../protocol/signalling'
import { Avatar } from './Avatar'
import { roleName } from './role-name'
import { SidePanel } from './SidePanel'

interface PeoplePanelProps {
  self: Self | null
  media: LocalMediaState
  participants: readonly RemoteParticipant[]
  onClose: () => void
}

/** Who is in the call, with role, microphone and camera in words for those who do not see the icons. */
export function PeoplePanel({ self, media, participants, onClose }: PeoplePanelProps) {
  return (
    <SidePanel title={t('call.room.people')} onClose={onClose}>
      <ul class="people">
        {self !== null && (
          <Person
            name={self.name}
            role={self.role}
            you
            connected
            microphone={media.microphone.on}
            camera={media.camera.on}
          />
        )}
        {participants.map(({ id, name, role, connected, media: theirs }) => (
          <Person
            key={id}
            name={name}
            role={role}
            connected={connected}
            microphone={isOn(theirs.microphone)}
            camera={isOn(theirs.camera)}
          />
        ))}
      </ul>
    </SidePanel>
  )
}

function isOn(media: RemoteMedia | undefined): boolean {
  return media !== undefined && !media.paused
}

interface PersonProps {
  name: string
  role: Role
  you?: boolean
  connected: boolean
  microphone: boolean
  camera: boolean
}

function Person({ name, role, you = false, connected, microphone, camera }: PersonProps) {
  return (
    <li class="people__person">
      <Avatar name={name} />
      <span class="people__name">
        {name}
        {you && ` (${t('call.room.you').toLowerCase()})`}
        <span class="people__role">{connected ? roleName(role) : t('call.room.lost')}</span>
      </span>
      {microphone ? (
        <Mic size={20} role="img" aria-label={t('call.room.micIsOn')} />
      ) : (
        <MicOff size={20} role="img" aria-label={t('call.room.micIsOff')} />
      )}
      {camera ? (
        <Video size={20} role="img" aria-label={t('call.room.cameraIsOn')} />
      ) : (
        <VideoOff size={20} role="img" aria-label={t('call.room.cameraIsOff')} />
      )}
    </li>
  )
}
