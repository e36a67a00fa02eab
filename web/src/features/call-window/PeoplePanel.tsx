import { Mic, MicOff, MonitorUp, Pin, Video, VideoOff } from 'lucide-preact'
import type { CallState, RemoteMedia, RemoteParticipant } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import type { ParticipantQuality } from '../../protocol/signalling'
import { Avatar } from './Avatar'
import { useRoleName } from './call-people'
import { QualityMark } from './QualityMark'
import { SidePanel } from './SidePanel'

interface PeoplePanelProps {
  state: CallState
  media: LocalMediaState
  pinned: string | null
  mayMute: boolean
  onPin: (key: string | null) => void
  onMute: (participantId: string) => void
  onClose: () => void
}

/** Who is in the call, with role, microphone and camera in words for those who do not see the icons (C4). */
export function PeoplePanel(props: PeoplePanelProps) {
  const { self, participants, qualities } = props.state
  const { microphone, camera } = props.media
  const roleName = useRoleName()
  return (
    <SidePanel title={t('call.room.people')} onClose={props.onClose}>
      <ul class="people">
        {self !== null && (
          <Person
            name={self.name}
            role={roleName(self.role)}
            you
            connected
            microphone={microphone.on}
            camera={camera.on}
            screen={false}
            quality={qualities[self.id]}
          />
        )}
        {participants.map((participant) => (
          <OtherPerson key={participant.id} participant={participant} {...props} />
        ))}
      </ul>
    </SidePanel>
  )
}

function OtherPerson({ participant, ...props }: PeoplePanelProps & { participant: RemoteParticipant }) {
  const { id, name, role, connected, media, screens } = participant
  const pinned = props.pinned === id
  const microphone = isOn(media.microphone)
  const roleName = useRoleName()
  return (
    <Person
      name={name}
      role={roleName(role, id)}
      connected={connected}
      microphone={microphone}
      camera={isOn(media.camera)}
      screen={screens.some(({ kind }) => kind === 'video')}
      quality={props.state.qualities[id]}
    >
      <p class="people__actions">
        <button
          type="button"
          class="people__action"
          aria-pressed={pinned}
          aria-label={t('call.stage.pinName', { name })}
          onClick={() => props.onPin(pinned ? null : id)}
        >
          <Pin size={16} aria-hidden="true" /> {t('call.stage.pin')}
        </button>
        {props.mayMute && microphone && (
          <button
            type="button"
            class="people__action"
            aria-label={t('call.mute.name', { name })}
            onClick={(event) => {
              props.onMute(id)
              // This button goes when the microphone is off: the focus stays with the person.
              event.currentTarget.parentElement?.querySelector('button')?.focus()
            }}
          >
            <MicOff size={16} aria-hidden="true" /> {t('call.mute.mute')}
          </button>
        )}
      </p>
    </Person>
  )
}

function isOn(media: RemoteMedia | undefined): boolean {
  return media !== undefined && !media.paused
}

interface PersonProps {
  name: string
  /** In words. */
  role: string
  you?: boolean
  connected: boolean
  microphone: boolean
  camera: boolean
  screen: boolean
  quality: ParticipantQuality | undefined
  children?: preact.ComponentChildren
}

function Person({ name, role, you = false, connected, quality, children, ...on }: PersonProps) {
  return (
    <li class="people__person">
      <Avatar name={name} />
      <span class="people__name">
        {name}
        {you && ` (${t('call.room.you').toLowerCase()})`}
        <span class="people__role">{connected ? role : t('call.room.lost')}</span>
        {connected && <QualityMark quality={quality} words />}
      </span>
      <span class="people__media">
        {on.screen && <MonitorUp size={20} role="img" aria-label={t('call.share.shares')} />}
        {on.microphone ? (
          <Mic size={20} role="img" aria-label={t('call.room.micIsOn')} />
        ) : (
          <MicOff size={20} role="img" aria-label={t('call.room.micIsOff')} />
        )}
        {on.camera ? (
          <Video size={20} role="img" aria-label={t('call.room.cameraIsOn')} />
        ) : (
          <VideoOff size={20} role="img" aria-label={t('call.room.cameraIsOff')} />
        )}
      </span>
      {children}
    </li>
  )
}
