import { useEffect, useRef } from 'preact/hooks'
import type { Source } from '../../protocol/signalling'

interface MediaVideoProps {
  track: MediaStreamTrack
  participantId: string
  source: Source
  /** The own picture: mirrored, as in a mirror. */
  self?: boolean
}

/** A picture without sound, so that the browser always plays it; sound has elements of its own. */
export function MediaVideo({ track, participantId, source, self = false }: MediaVideoProps) {
  const ref = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = ref.current
    if (video === null) return undefined
    show(video, track)
    // iOS wants to be asked even for a muted picture; where it is refused, the attribute has done the same.
    video.play().catch(() => undefined)
    return undefined
  }, [track])
  useEffect(() => {
    const video = ref.current
    return () => {
      if (video !== null) video.srcObject = null
    }
  }, [])

  return (
    <video
      ref={ref}
      class="media-video"
      data-participant-id={participantId}
      data-source={source}
      data-self={self || undefined}
      autoPlay
      playsInline
      muted
    />
  )
}

/** Another track of the same picture takes its place in the same stream: a new stream would be dark at first. */
function show(video: HTMLVideoElement, track: MediaStreamTrack): void {
  const stream = video.srcObject instanceof MediaStream ? video.srcObject : null
  if (stream === null) {
    video.srcObject = new MediaStream([track])
    return
  }
  const before = stream.getTracks().filter((each) => each !== track)
  stream.addTrack(track)
  for (const each of before) stream.removeTrack(each)
}
