import { useEffect, useRef } from 'preact/hooks'
import type { RemoteParticipant } from '../../call/call-state'
import type { Playback } from '../../call/playback'
import type { Source } from '../../protocol/signalling'

interface RemoteSoundProps {
  participants: readonly RemoteParticipant[]
  playback: Playback
  speakerId: string | undefined
}

/** Everyone's voice, wherever their picture is. */
export function RemoteSound({ participants, playback, speakerId }: RemoteSoundProps) {
  const voices = participants.flatMap(({ id, media: { microphone } }) =>
    microphone?.track ? [{ id, track: microphone.track }] : [],
  )
  const playing = voices.map(({ track }) => track.id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new voice goes to the chosen speaker too
  useEffect(() => {
    void playback.useSpeaker(speakerId)
  }, [playback, speakerId, playing])

  return (
    <div hidden>
      {voices.map(({ id, track }) => (
        <Sound key={track.id} participantId={id} source="microphone" track={track} playback={playback} />
      ))}
    </div>
  )
}

interface SoundProps {
  participantId: string
  source: Source
  track: MediaStreamTrack
  playback: Playback
}

function Sound({ participantId, source, track, playback }: SoundProps) {
  const ref = useRef<HTMLAudioElement>(null)
  useEffect(() => (ref.current === null ? undefined : playback.play(ref.current, track)), [playback, track])
  // biome-ignore lint/a11y/useMediaCaption: live speech between people
  return <audio ref={ref} data-participant-id={participantId} data-source={source} autoPlay />
}
