import {
  MessageSquare,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Phone,
  Settings,
  Users,
  Video,
  VideoOff,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'

export type Panel = 'chat' | 'people' | 'settings'

interface CallBarProps {
  media: LocalMediaState
  panel: Panel | null
  unread: number
  count: number
  mayChat: boolean
  mayShare: boolean
  sharing: boolean
  onShare: () => void
  onToggle: (kind: 'microphone' | 'camera') => void
  onPanel: (panel: Panel) => void
  onLeave: () => void
}

/** The bar never moves: who has learnt a button finds it there. */
export function CallBar(props: CallBarProps) {
  const { panel, unread, sharing, onToggle, onPanel } = props
  const { microphone, camera } = props.media
  return (
    <div class="call-bar" role="toolbar" aria-label={t('call.room.bar')}>
      <BarButton
        icon={microphone.on ? <Mic /> : <MicOff />}
        label={t(microphone.on ? 'call.room.microphoneOn' : 'call.room.microphoneOff')}
        pressed={microphone.on}
        off={!microphone.on}
        busy={microphone.opening}
        onClick={() => onToggle('microphone')}
      />
      <BarButton
        icon={camera.on ? <Video /> : <VideoOff />}
        label={t(camera.on ? 'call.room.cameraOn' : 'call.room.cameraOff')}
        pressed={camera.on}
        off={!camera.on}
        busy={camera.opening}
        onClick={() => onToggle('camera')}
      />
      {props.mayShare && (
        <BarButton
          icon={sharing ? <MonitorX /> : <MonitorUp />}
          label={t(sharing ? 'call.share.stop' : 'call.share.start')}
          active={sharing}
          onClick={props.onShare}
        />
      )}
      {props.mayChat && (
        <BarButton
          icon={<MessageSquare />}
          label={t('call.room.chat')}
          name={unread > 0 ? t('call.room.chatUnread', { count: unread }) : undefined}
          expanded={panel === 'chat'}
          badge={unread}
          onClick={() => onPanel('chat')}
        />
      )}
      <BarButton
        icon={<Users />}
        label={t('call.room.people')}
        expanded={panel === 'people'}
        badge={props.count}
        quietBadge
        wideOnly
        onClick={() => onPanel('people')}
      />
      <BarButton
        icon={<Settings />}
        label={t('call.room.more')}
        expanded={panel === 'settings'}
        onClick={() => onPanel('settings')}
      />
      <BarButton icon={<Phone />} label={t('call.room.leave')} leave onClick={props.onLeave} />
    </div>
  )
}

interface BarButtonProps {
  icon: ComponentChildren
  label: string
  /** What is read aloud, when it says more than the label. Starts with the label (WCAG 2.5.3). */
  name?: string | undefined
  pressed?: boolean
  expanded?: boolean
  /** The device is off: said by the label, and seen from afar. */
  off?: boolean
  busy?: boolean
  /** Goes on until it is stopped here. */
  active?: boolean
  badge?: number
  quietBadge?: boolean
  /** On a phone it stands in the panel behind *Mer* instead. */
  wideOnly?: boolean
  leave?: boolean
  onClick: () => void
}

function BarButton(props: BarButtonProps) {
  return (
    <button
      type="button"
      class="bar-button"
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-label={props.name}
      aria-busy={props.busy || undefined}
      data-off={props.off || undefined}
      data-active={props.active || undefined}
      data-leave={props.leave || undefined}
      data-wide-only={props.wideOnly || undefined}
      onClick={props.onClick}
    >
      <span class="bar-button__icon" aria-hidden="true">
        {props.icon}
        {props.badge !== undefined && props.badge > 0 && (
          <span
            class="bar-button__badge"
            data-count={props.badge > 99 ? '99+' : props.badge}
            data-quiet={props.quietBadge || undefined}
          />
        )}
      </span>
      <span class="bar-button__label">{props.label}</span>
    </button>
  )
}
