import { ChatPanel } from './ChatPanel'
import { PeoplePanel } from './PeoplePanel'
import { SettingsPanel } from './SettingsPanel'
import type { Room } from './use-room'

/** What is open beside the people, if anything. */
export function RoomPanel({ room }: { room: Room }) {
  const close = () => room.setPanel(null)
  if (room.panel === 'chat') return <ChatPanel call={room.call} chat={room.state.chat} onClose={close} />
  if (room.panel === 'people')
    return (
      <PeoplePanel
        state={room.state}
        media={room.mediaState}
        pinned={room.pinned}
        mayMute={room.may('mute_others')}
        onPin={room.setPinned}
        onMute={(id) => room.call.muteParticipant(id)}
        onClose={close}
      />
    )
  return room.panel === 'settings' ? <Settings room={room} onClose={close} /> : null
}

function Settings({ room, onClose }: { room: Room; onClose: () => void }) {
  return (
    <SettingsPanel
      media={room.media}
      state={room.mediaState}
      mode={room.mode}
      several={room.state.participants.length > 1}
      soundOnly={room.pictures.chosen}
      selfShown={room.selfShown}
      count={room.count}
      onPeople={() => room.setPanel('people')}
      onMode={room.setMode}
      onSoundOnly={room.pictures.choose}
      onSelf={room.setSelfShown}
      onClose={onClose}
    />
  )
}
