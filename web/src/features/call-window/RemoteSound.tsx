import { useEffect, useRef } from 'preact/hooks'
import type { RemoteParticipant } from '../../call/call-state'
import type { Playback } from '../../call/playback'
import type { Source } from '../../protocol/signalling'

interface RemoteSoundProps {
  participants: readonly RemoteParticipant[]
  playback: Playback
  speakerId: string | undefined
}

/** Everyone's voice, and what shared tabs play, wherever their picture is. */
export function RemoteSound({ participants, playback, speakerId }: RemoteSoundProps) {
  const sounds = participants.flatMap(soundsOf)
  const playing = sounds.map(({ track }) => track.id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new voice goes to the chosen speaker too
  useEffect(() => {
    void playback.useSpeaker(speakerId)
  }, [playback, speakerId, playing])

  return (
    <div hidden>
      {sounds.map(({ id, source, track }) => (
        <Sound key={track.id} participantId={id} source={source} track={track} playback={playback} />
      ))}
    </div>
  )
}

function soundsOf({ id, media: { microphone }, screens }: RemoteParticipant) {
  const heard: { id: string; source: Source; track: MediaStreamTrack }[] = []
  if (microphone?.track) heard.push({ id, source: 'microphone', track: microphone.track })
  for (const { kind, track } of screens)
    if (kind === 'audio' && track !== null) heard.push({ id, source: 'screen', track })
  return heard
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
