import { Eye } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Call } from '../../call/call'
import type { CallState } from '../../call/call-state'
import type { LocalMedia } from '../../call/local-media'
import type { Playback } from '../../call/playback'
import { t } from '../../i18n'
import { useShortcuts } from '../staff-shell/shortcuts'
import { Announcer } from './Announcer'
import { CallBar, type Panel } from './CallBar'
import { ChatPanel } from './ChatPanel'
import { ChatToast } from './ChatToast'
import { LeaveDialog } from './LeaveDialog'
import { Lines } from './Lines'
import { PeoplePanel } from './PeoplePanel'
import { RemoteSound } from './RemoteSound'
import { RoomTop } from './RoomTop'
import { SelfView } from './SelfView'
import { SettingsPanel } from './SettingsPanel'
import { Stage, type StageLayout } from './Stage'
import { useStore } from './use-store'
import './room.css'
import './stage.css'
import './self-view.css'
import './call-bar.css'
import './side-panel.css'

interface CallRoomProps {
  call: Call
  state: CallState
  media: LocalMedia
  playback: Playback
  /** Shown while nobody else is in the call. */
  alone: ComponentChildren
}

/** The call itself: people, bar, panels (C4). */
export function CallRoom({ call, state, media, playback, alone }: CallRoomProps) {
  const mediaState = useStore(media)
  const soundBlocked = useStore(playback)
  const [panel, setPanel] = usePanel(call)
  const [layout, setLayout] = useState<StageLayout>('grid')
  const [selfShown, setSelfShown] = useState(true)
  const [asksToLeave, setAsksToLeave] = useState(false)
  const toggle = (kind: 'microphone' | 'camera') => void media.setOn(kind, !media.state[kind].on)
  // Shown until one knows better: the bar must not move when the call is connected.
  const mayChat = state.self?.permissions.includes('chat') ?? true
  const mayEnd = state.self?.permissions.includes('end_call') ?? false
  useShortcuts({
    m: () => toggle('microphone'),
    v: () => toggle('camera'),
    c: () => mayChat && setPanel('chat'),
  })

  return (
    <div
      class="room"
      data-color-scheme="dark"
      data-size="sm"
      data-phase={state.phase}
      data-panel={panel ?? 'none'}
    >
      <RoomTop state={state} />
      <div class="room__stage">
        <Lines
          state={state}
          media={mediaState}
          soundBlocked={soundBlocked}
          onUnblock={() => playback.unblock()}
        />
        <Stage
          participants={state.participants}
          speaking={state.speaker === null ? [] : [state.speaker]}
          layout={layout}
          views={call.views}
          alone={state.phase === 'joining' ? <Connecting /> : alone}
        />
        {selfShown ? (
          <SelfView self={state.self} media={mediaState} onHide={() => setSelfShown(false)} />
        ) : (
          <button type="button" class="show-self" onClick={() => setSelfShown(true)}>
            <Eye size={18} aria-hidden="true" /> {t('call.room.showSelf')}
          </button>
        )}
        <ChatToast chat={state.chat} onOpen={() => setPanel('chat')} />
      </div>
      {panel === 'chat' && <ChatPanel call={call} chat={state.chat} onClose={() => setPanel(null)} />}
      {panel === 'people' && (
        <PeoplePanel
          self={state.self}
          media={mediaState}
          participants={state.participants}
          onClose={() => setPanel(null)}
        />
      )}
      {panel === 'settings' && (
        <SettingsPanel
          media={media}
          state={mediaState}
          layout={layout}
          several={state.participants.length > 1}
          selfShown={selfShown}
          count={state.participants.length + 1}
          onPeople={() => setPanel('people')}
          onLayout={setLayout}
          onSelf={setSelfShown}
          onClose={() => setPanel(null)}
        />
      )}
      <CallBar
        media={mediaState}
        panel={panel}
        unread={state.chat.unread}
        count={state.participants.length + 1}
        mayChat={mayChat}
        onToggle={toggle}
        onPanel={setPanel}
        onLeave={() => (mayEnd ? setAsksToLeave(true) : call.leave())}
      />
      <Announcer participants={state.participants} media={mediaState} />
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

function Connecting() {
  return (
    <p class="connecting" role="status">
      <span class="spinner" aria-hidden="true" />
      {t('call.room.connecting')}
    </p>
  )
}

/** One panel at a time; the same button closes it. The call knows whether its chat is read. */
function usePanel(call: Call): [Panel | null, (panel: Panel | null) => void] {
  const [panel, setPanel] = useState<Panel | null>(null)
  const change = (wanted: Panel | null) => {
    const next = wanted === panel ? null : wanted
    if (next === 'chat') call.chat.open()
    else call.chat.close()
    setPanel(next)
  }
  return [panel, change]
}
