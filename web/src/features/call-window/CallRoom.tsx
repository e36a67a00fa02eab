import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Playback } from '../../call/playback'
import { t } from '../../i18n'
import { useShortcuts } from '../staff-shell/shortcuts'
import { Announcer } from './Announcer'
import { CallBar } from './CallBar'
import { LeaveDialog } from './LeaveDialog'
import { Notice } from './Notice'
import { RemoteSound } from './RemoteSound'
import { RoomPanel } from './RoomPanel'
import { RoomStage } from './RoomStage'
import { RoomTop } from './RoomTop'
import { type Room, type RoomParts, useRoom } from './use-room'
import './room.css'
import './stage.css'
import './tile.css'
import './self-view.css'
import './call-bar.css'
import './side-panel.css'
import './people.css'

interface CallRoomProps extends RoomParts {
  playback: Playback
  /** Shown while nobody else is in the call. */
  alone: ComponentChildren
}

/** The call itself: people, bar, panels (C4). */
export function CallRoom({ playback, alone, ...parts }: CallRoomProps) {
  const room = useRoom(parts)
  const { state, mediaState } = room
  useShortcuts({
    m: () => room.toggle('microphone'),
    v: () => room.toggle('camera'),
    c: () => room.may('chat') && room.setPanel('chat'),
  })
  return (
    <div
      class="room"
      data-color-scheme="dark"
      data-size="sm"
      data-phase={state.phase}
      data-panel={room.panel ?? 'none'}
    >
      <RoomTop state={state} />
      <RoomNotice room={room} />
      <RoomStage room={room} playback={playback} alone={state.phase === 'joining' ? <Connecting /> : alone} />
      <RoomPanel room={room} />
      <RoomBar room={room} />
      <Announcer participants={state.participants} mutedBy={state.mutedBy} media={mediaState} />
      <RemoteSound
        participants={state.participants}
        playback={playback}
        speakerId={mediaState.choices.speaker}
      />
    </div>
  )
}

function RoomNotice({ room: { call, state, sharing, pinned, setPinned } }: { room: Room }) {
  return (
    <Notice
      shares={sharing.shares}
      participants={state.participants}
      pinned={pinned}
      onStop={(id) => call.screens.stop(id)}
      onShareMore={sharing.start}
      onPin={setPinned}
    />
  )
}

function RoomBar({ room }: { room: Room }) {
  const [asksToLeave, setAsksToLeave] = useState(false)
  const { call, sharing } = room
  const isSharing = sharing.shares.length > 0
  // Whether one may end it for all is known only when the media node has said so.
  const mayEnd = room.state.self !== null && room.may('end_call')
  return (
    <>
      <CallBar
        media={room.mediaState}
        panel={room.panel}
        unread={room.state.chat.unread}
        count={room.count}
        mayChat={room.may('chat')}
        mayShare={sharing.possible}
        sharing={isSharing}
        onShare={() => (isSharing ? call.screens.stopAll() : sharing.start())}
        onToggle={room.toggle}
        onPanel={room.setPanel}
        onLeave={() => (mayEnd ? setAsksToLeave(true) : call.leave())}
      />
      {asksToLeave && (
        <LeaveDialog
          onStay={() => setAsksToLeave(false)}
          onLeave={() => call.leave()}
          onEndForAll={() => call.endForAll()}
        />
      )}
    </>
  )
}

function Connecting() {
  return (
    <p class="connecting" role="status">
      <span class="spinner" aria-hidden="true" />
      {t('call.room.connecting')}
    </p>
  )
}
