/** When a received track really gives something. */

/** A receiver's first packets fill its buffer: sound is even after this. */
const SETTLE_MS = 300

/** Resolves at the first decoded picture, or when sound has come for a moment. */
export function whenFlowing(track: MediaStreamTrack): Promise<void> {
  return track.kind === 'video' ? firstPicture(track) : steadySound(track)
}

function firstPicture(track: MediaStreamTrack): Promise<void> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  return new Promise((resolve) => {
    video.onloadeddata = () => {
      video.srcObject = null
      resolve()
    }
    // It may not play, and still loads.
    video.play().catch(() => undefined)
  })
}

/** A receiver is muted until its first packet (W3C webrtc-pc, "unmute"). */
async function steadySound(track: MediaStreamTrack): Promise<void> {
  if (track.muted) await new Promise((resolve) => track.addEventListener('unmute', resolve, { once: true }))
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
}
