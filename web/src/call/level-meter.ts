/** How loud a microphone is, many times a second, for a meter. */

const INTERVAL_MS = 60
/** Speech at arm's length fills the meter. */
const FULL_SCALE = 0.25

/** Calls `onLevel` with 0-1. Returns how to stop. */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  const source = context.createMediaStreamSource(new MediaStream([track]))
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    onLevel(Math.min(1, rootMeanSquare(samples) / FULL_SCALE))
  }, INTERVAL_MS)
  return () => {
    clearInterval(timer)
    source.disconnect()
    void context.close()
  }
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / samples.length)
}
