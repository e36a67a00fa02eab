/** Own microphone and camera: opened once, used by the device step and by the call. */

import { type DeviceChoices, type DeviceKind, readChoices, writeChoices } from './device-choices'
import { type DeviceList, NO_DEVICES, toDeviceList } from './device-list'
import { type DeviceProblem, deviceProblem } from './device-problem'
import { Store } from './store'

export type InputKind = 'microphone' | 'camera'

export interface InputState {
  /** Others hear or see this. */
  on: boolean
  opening: boolean
  track: MediaStreamTrack | null
  problem: DeviceProblem | null
}

export interface LocalMediaState {
  microphone: InputState
  camera: InputState
  devices: DeviceList
  choices: DeviceChoices
}

export type MediaDevicesLike = Pick<
  MediaDevices,
  'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>

const OFF: InputState = { on: false, opening: false, track: null, problem: null }

const AUDIO: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const VIDEO: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
}

export class LocalMedia extends Store<LocalMediaState> {
  readonly #devices: MediaDevicesLike | undefined
  readonly #storage: Storage
  #closed = false
  /** Muted while the browser was still opening the microphone. */
  #silentOnceOpen = false

  /** `devices` is missing where the page is not served over HTTPS. */
  constructor(devices: MediaDevicesLike | undefined, storage: Storage) {
    super({ microphone: OFF, camera: OFF, devices: NO_DEVICES, choices: readChoices(storage) })
    this.#devices = devices
    this.#storage = storage
    devices?.addEventListener('devicechange', this.#onDeviceChange)
  }

  /** Opens what is wanted with one question to the person; what cannot be opened alone gets a problem. */
  async open(wanted: Record<InputKind, boolean>): Promise<void> {
    const kinds = (['microphone', 'camera'] as const).filter((kind) => wanted[kind])
    for (const kind of kinds) this.#change(kind, { opening: true, problem: null })
    if (kinds.length === 2 && (await this.#openBoth())) return
    for (const kind of kinds) await this.#openOne(kind)
  }

  /** Off stops the camera, so that its light goes out; the microphone is only silenced, so that on is at once. */
  async setOn(kind: InputKind, on: boolean): Promise<void> {
    const { track, opening } = this.state[kind]
    if (opening) {
      if (kind === 'microphone' && !on) this.#silentOnceOpen = true
      return
    }
    if (!on) return this.#turnOff(kind)
    if (track !== null && kind === 'microphone') return this.#use(kind, track)
    this.#change(kind, { opening: true, problem: null })
    await this.#openOne(kind)
  }

  /** Remembers the choice and, if that input is open, moves to it without the call noticing. */
  async choose(kind: DeviceKind, id: string): Promise<void> {
    const choices = { ...this.state.choices, [kind]: id }
    writeChoices(this.#storage, choices)
    this.update((state) => ({ ...state, choices }))
    if (kind === 'speaker') return
    const { on, track, problem } = this.state[kind]
    if (track === null && problem === null) return
    this.#change(kind, { opening: true, problem: null })
    // Many phones cannot open a second camera while the first is in use.
    if (kind === 'camera') this.#release(kind)
    await this.#openOne(kind, on || problem !== null)
  }

  close(): void {
    this.#closed = true
    this.#devices?.removeEventListener('devicechange', this.#onDeviceChange)
    this.#turnOff('camera')
    this.#release('microphone')
    this.#change('microphone', OFF)
  }

  async #openBoth(): Promise<boolean> {
    const stream = await this.#capture({
      audio: this.#constraints('microphone'),
      video: this.#constraints('camera'),
    })
    if (stream instanceof MediaFailure) return false
    const [audio] = stream.getAudioTracks()
    const [video] = stream.getVideoTracks()
    if (audio) this.#use('microphone', audio)
    if (video) this.#use('camera', video)
    await this.#listDevices()
    return true
  }

  async #openOne(kind: InputKind, on = true): Promise<void> {
    const constraints = this.#constraints(kind)
    const stream = await this.#capture(
      kind === 'microphone' ? { audio: constraints } : { video: constraints },
    )
    if (stream instanceof MediaFailure) {
      if (kind === 'microphone') this.#silentOnceOpen = false
      this.#release(kind)
      this.#change(kind, { ...OFF, problem: stream.problem })
    } else {
      const [track] = stream.getTracks()
      if (track) this.#use(kind, track, on)
    }
    await this.#listDevices()
  }

  async #capture(constraints: MediaStreamConstraints): Promise<MediaStream | MediaFailure> {
    if (this.#devices === undefined) return new MediaFailure('unavailable')
    try {
      const stream = await this.#devices.getUserMedia(constraints)
      if (!this.#closed) return stream
      for (const track of stream.getTracks()) track.stop()
      return new MediaFailure('lost')
    } catch (error) {
      return new MediaFailure(deviceProblem(error))
    }
  }

  #use(kind: InputKind, track: MediaStreamTrack, wantedOn = true): void {
    const on = wantedOn && !(kind === 'microphone' && this.#silentOnceOpen)
    if (kind === 'microphone') this.#silentOnceOpen = false
    if (this.state[kind].track !== track) {
      this.#release(kind)
      track.addEventListener('ended', () => this.#onEnded(kind, track))
    }
    track.enabled = on
    this.#change(kind, { on, opening: false, track, problem: null })
  }

  #turnOff(kind: InputKind): void {
    const { track } = this.state[kind]
    if (kind === 'camera') this.#release(kind)
    else if (track !== null) track.enabled = false
    this.#change(kind, { on: false, opening: false, track: kind === 'camera' ? null : track })
  }

  #release(kind: InputKind): void {
    this.state[kind].track?.stop()
  }

  /** The device was pulled out, or the person took the permission back. */
  #onEnded(kind: InputKind, track: MediaStreamTrack): void {
    const { track: inUse, on } = this.state[kind]
    if (inUse !== track) return
    this.#change(kind, { ...OFF, opening: true, problem: 'lost' })
    void this.#openOne(kind, on)
  }

  #onDeviceChange = (): void => {
    void this.#listDevices()
  }

  async #listDevices(): Promise<void> {
    if (this.#devices === undefined) return
    const devices = toDeviceList(await this.#devices.enumerateDevices())
    if (!this.#closed) this.update((state) => ({ ...state, devices }))
  }

  /** A remembered device that is not there today gives way to another. */
  #constraints(kind: InputKind): MediaTrackConstraints {
    const id = this.state.choices[kind]
    const base = kind === 'microphone' ? AUDIO : VIDEO
    return id === undefined ? base : { ...base, deviceId: { ideal: id } }
  }

  #change(kind: InputKind, changes: Partial<InputState>): void {
    this.update((state) => ({ ...state, [kind]: { ...state[kind], ...changes } }))
  }
}

class MediaFailure {
  readonly problem: DeviceProblem

  constructor(problem: DeviceProblem) {
    this.problem = problem
  }
}
