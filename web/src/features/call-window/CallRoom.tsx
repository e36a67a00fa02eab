import { Eye } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Call } from '../../call/call'
import type { CallState } from '../../call/call-state'
import type { LocalMedia } from '../../call/local-media'
import type { Playback } from '../../call/playback'
import { canCaptureScreen } from '../../call/screen-capture'
import { t } from '../../i18n'
import type { Permission } from '../../protocol/signalling'
import { useShortcuts } from '../staff-shell/shortcuts'
import { Announcer } from './Announcer'
import { CallBar } from './CallBar'
import { ChatPanel } from './ChatPanel'
import { ChatToast } from './ChatToast'
import { LeaveDialog } from './LeaveDialog'
import { Lines } from './Lines'
import { Notice } from './Notice'
import { PeoplePanel } from './PeoplePanel'
import { platform } from './platform'
import { RemoteSound } from './RemoteSound'
import { RoomTop } from './RoomTop'
import { SelfView } from './SelfView'
import { SettingsPanel } from './SettingsPanel'
import { Stage, type StageMode } from './Stage'
import { may, usePanel, usePictures, useSharing } from './use-room'
import { useStore } from './use-store'
import './room.css'
import './stage.css'
import './tile.css'
import './self-view.css'
import './call-bar.css'
import './side-panel.css'
import './people.css'

interface CallRoomProps {
  call: Call
  state: CallState
  media: LocalMedia
  playback: Playback
  /** What this side of a call usually may, until the media node has said. */
  expects: readonly Permission[]
  /** Shown while nobody else is in the call. */
  alone: ComponentChildren
}

/** The call itself: people, bar, panels (C4). */
export function CallRoom({ call, state, media, playback, expects, alone }: CallRoomProps) {
  const mediaState = useStore(media)
  const soundBlocked = useStore(playback)
  const [panel, setPanel] = usePanel(call)
  const [mode, setMode] = useState<StageMode>('grid')
  const [pinned, setPinned] = useState<string | null>(null)
  const [selfShown, setSelfShown] = useState(true)
  const [asksToLeave, setAsksToLeave] = useState(false)
  const sharing = useSharing(call)
  const pictures = usePictures(call, state)
  const window = useRef<HTMLDivElement>(null)
  const count = state.participants.length + 1
  const mayChat = may(state, expects, 'chat')
  const toggle = (kind: 'microphone' | 'camera') => void media.setOn(kind, !media.state[kind].on)
  // Its own button is gone once it has done its work: the bar's first one has the same.
  const toBar = () => window.current?.querySelector<HTMLElement>('.bar-button')?.focus()
  useShortcuts({
    m: () => toggle('microphone'),
    v: () => toggle('camera'),
    c: () => mayChat && setPanel('chat'),
  })

  return (
    <div
      ref={window}
      class="room"
      data-color-scheme="dark"
      data-size="sm"
      data-phase={state.phase}
      data-panel={panel ?? 'none'}
    >
      <RoomTop state={state} />
      <Notice
        shares={sharing.shares}
        participants={state.participants}
        pinned={pinned}
        onStop={(id) => call.screens.stop(id)}
        onShareMore={sharing.start}
        onPin={setPinned}
      />
      <div class="room__stage">
        <Lines
          state={state}
          media={mediaState}
          soundBlocked={soundBlocked}
          soundOnly={pictures.soundOnly}
          shareFailed={sharing.failed}
          onUnblock={() => playback.unblock()}
          onUnmute={() => {
            void media.setOn('microphone', true)
            toBar()
          }}
          onShowPictures={() => {
            pictures.show()
            toBar()
          }}
        />
        <Stage
          participants={state.participants}
          qualities={state.qualities}
          speaker={state.speaker}
          mode={mode}
          pinned={pinned}
          soundOnly={pictures.chosen}
          views={call.views}
          alone={state.phase === 'joining' ? <Connecting /> : alone}
          self={
            selfShown
              ? (room) => (
                  <SelfView
                    self={state.self}
                    media={mediaState}
                    room={room}
                    onHide={() => setSelfShown(false)}
                  />
                )
              : null
          }
          onPin={setPinned}
          onShowHeld={(consumerId) => call.showHeld(consumerId)}
        />
        {!selfShown && (
          <button type="button" class="show-self" onClick={() => setSelfShown(true)}>
            <Eye size={18} aria-hidden="true" /> {t('call.room.showSelf')}
          </button>
        )}
        <ChatToast chat={state.chat} onOpen={() => setPanel('chat')} />
      </div>
      {panel === 'chat' && <ChatPanel call={call} chat={state.chat} onClose={() => setPanel(null)} />}
      {panel === 'people' && (
        <PeoplePanel
          state={state}
          media={mediaState}
          pinned={pinned}
          mayMute={may(state, expects, 'mute_others')}
          onPin={setPinned}
          onMute={(id) => call.muteParticipant(id)}
          onClose={() => setPanel(null)}
        />
      )}
      {panel === 'settings' && (
        <SettingsPanel
          media={media}
          state={mediaState}
          mode={mode}
          several={state.participants.length > 1}
          soundOnly={pictures.chosen}
          selfShown={selfShown}
          count={count}
          onPeople={() => setPanel('people')}
          onMode={setMode}
          onSoundOnly={pictures.choose}
          onSelf={setSelfShown}
          onClose={() => setPanel(null)}
        />
      )}
      <CallBar
        media={mediaState}
        panel={panel}
        unread={state.chat.unread}
        count={count}
        mayChat={mayChat}
        mayShare={may(state, expects, 'share_screen') && canShare()}
        sharing={sharing.shares.length > 0}
        onShare={() => (sharing.shares.length > 0 ? call.screens.stopAll() : sharing.start())}
        onToggle={toggle}
        onPanel={setPanel}
        onLeave={() => (may(state, [], 'end_call') ? setAsksToLeave(true) : call.leave())}
      />
      <Announcer participants={state.participants} mutedBy={state.mutedBy} media={mediaState} />
      <RemoteSound
        participants={state.participants}
        playback={playback}
        speakerId={mediaState.choices.speaker}
      />
      {asksToLeave && (
        <LeaveDialog
          onStay={() => setAsksToLeave(false)}
          onLeave={() => call.leave()}
          onEndForAll={() => call.endForAll()}
        />
      )}
    </div>
  )
}

/** Some phones know the name of it and refuse. */
function canShare(): boolean {
  return platform(navigator) === 'computer' && canCaptureScreen(navigator.mediaDevices)
}

function Connecting() {
  return (
    <p class="connecting" role="status">
      <span class="spinner" aria-hidden="true" />
      {t('call.room.connecting')}
    </p>
  )
}
