import { useEffect, useRef, useState } from 'preact/hooks'
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
  const sounds = useOverlap(participants.flatMap(soundsOf))
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

interface Heard {
  id: string
  source: Source
  track: MediaStreamTrack
}

/** An element takes a moment to begin. */
const OVERLAP_MS = 60

/** A voice that comes by another track from now on, as the call has moved, is heard by both until the new one has begun. */
function useOverlap(sounds: readonly Heard[]): Heard[] {
  const before = useRef<readonly Heard[]>([])
  const former = useRef<readonly Heard[]>([])
  const [, drawAgain] = useState(0)
  const isSame = (one: Heard) => (other: Heard) => one.id === other.id && one.source === other.source
  const replaced = before.current.filter(
    (each) => sounds.some(isSame(each)) && !sounds.some(({ track }) => track === each.track),
  )
  if (replaced.length > 0) former.current = replaced
  before.current = sounds
  const ending = former.current.map(({ track }) => track.id).join()
  useEffect(() => {
    if (ending === '') return undefined
    const timer = setTimeout(() => {
      former.current = []
      drawAgain((times) => times + 1)
    }, OVERLAP_MS)
    return () => clearTimeout(timer)
  }, [ending])
  return [...sounds, ...former.current]
}

function soundsOf({ id, media: { microphone }, screens }: RemoteParticipant): Heard[] {
  const heard: Heard[] = []
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
