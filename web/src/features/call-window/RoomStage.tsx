import { Eye } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { Playback } from '../../call/playback'
import { t } from '../../i18n'
import { ChatToast } from './ChatToast'
import { Lines } from './Lines'
import { SelfView } from './SelfView'
import { Stage } from './Stage'
import type { Room } from './use-room'
import { useStore } from './use-store'

interface RoomStageProps {
  room: Room
  playback: Playback
  /** Shown while nobody else is there. */
  alone: ComponentChildren
}

/** The people, and what lies over them: lines, the own picture, what was just written. */
export function RoomStage({ room, playback, alone }: RoomStageProps) {
  const { call, state } = room
  return (
    <div class="room__stage">
      <RoomLines room={room} playback={playback} />
      <Stage
        participants={state.participants}
        qualities={state.qualities}
        speaker={state.speaker}
        mode={room.mode}
        pinned={room.pinned}
        soundOnly={room.pictures.chosen}
        views={call.views}
        alone={alone}
        self={
          room.selfShown
            ? (space) => (
                <SelfView
                  self={state.self}
                  media={room.mediaState}
                  space={space}
                  onHide={() => room.setSelfShown(false)}
                />
              )
            : null
        }
        onPin={room.setPinned}
        onShowHeld={(consumerId) => call.showHeld(consumerId)}
      />
      {!room.selfShown && (
        <button type="button" class="show-self" onClick={() => room.setSelfShown(true)}>
          <Eye size={18} aria-hidden="true" /> {t('call.room.showSelf')}
        </button>
      )}
      <ChatToast chat={state.chat} onOpen={() => room.setPanel('chat')} />
    </div>
  )
}

function RoomLines({ room, playback }: Omit<RoomStageProps, 'alone'>) {
  const soundBlocked = useStore(playback)
  return (
    <Lines
      state={room.state}
      media={room.mediaState}
      soundBlocked={soundBlocked}
      soundOnly={room.pictures.soundOnly}
      shareFailed={room.sharing.failed}
      onUnblock={() => playback.unblock()}
      onUnmute={() => {
        void room.media.setOn('microphone', true)
        focusBar()
      }}
      onShowPictures={() => {
        room.pictures.show()
        focusBar()
      }}
    />
  )
}

/** A button that is gone once it has done its work leaves the focus to the bar. */
function focusBar(): void {
  document.querySelector<HTMLElement>('.bar-button')?.focus()
}
