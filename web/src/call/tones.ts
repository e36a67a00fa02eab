/** Short sounds made in the browser: the test of the speaker, and the ring of a call request. */

interface SinkContext extends AudioContext {
  setSinkId?: (id: string) => Promise<void>
}

const CHIME_HZ = [523.25, 659.25, 783.99]
const NOTE_S = 0.22
const RING_PAUSE_MS = 2_600

/** Plays three rising notes on the chosen speaker. */
export async function playTestSound(speakerId: string | undefined): Promise<void> {
  const context: SinkContext = new AudioContext()
  if (speakerId !== undefined && context.setSinkId) await context.setSinkId(speakerId).catch(() => undefined)
  playNotes(context, CHIME_HZ)
  setTimeout(() => void context.close(), CHIME_HZ.length * NOTE_S * 1000 + 500)
}

/** Rings until the returned function is called. Silent where the browser wants a touch first. */
export function ring(): () => void {
  const context = new AudioContext()
  const once = () => playNotes(context, [659.25, 783.99, 659.25, 783.99])
  once()
  const timer = setInterval(once, RING_PAUSE_MS)
  return () => {
    clearInterval(timer)
    void context.close()
  }
}

function playNotes(context: AudioContext, frequencies: readonly number[]): void {
  for (const [index, frequency] of frequencies.entries())
    playNote(context, frequency, context.currentTime + index * NOTE_S)
}

/** A soft start and end: a hard one clicks. */
function playNote(context: AudioContext, frequency: number, at: number): void {
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  oscillator.frequency.value = frequency
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(0.2, at + 0.03)
  gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S + 0.15)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(at)
  oscillator.stop(at + NOTE_S + 0.2)
}
