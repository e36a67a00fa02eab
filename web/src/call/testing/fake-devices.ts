/** Cameras and microphones for tests, and mediasoup's own fake of a browser's WebRTC. */

import { FakeMediaStreamTrack } from 'fake-mediastreamtrack'
import { Device } from 'mediasoup-client'
import { generateLocalDtlsParameters, generateNativeRtpCapabilities } from 'mediasoup-client/fakeParameters'
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler'
import type { ConnectionState } from 'mediasoup-client/types'
import type { MediaDevicesLike } from '../local-media'

export class FakeDevices extends EventTarget implements MediaDevicesLike {
  readonly tracks: MediaStreamTrack[] = []
  readonly asked: MediaStreamConstraints[] = []
  /** Kinds that cannot be opened, by the name of the error. */
  readonly failing: { audio?: string; video?: string } = {}
  listed: Partial<MediaDeviceInfo>[] = []

  getUserMedia = async (constraints: MediaStreamConstraints = {}): Promise<MediaStream> => {
    this.asked.push(constraints)
    const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind])
    for (const kind of kinds) {
      const name = this.failing[kind]
      if (name !== undefined) throw new DOMException('The fake cannot open it', name)
    }
    const tracks = kinds.map((kind) => new FakeMediaStreamTrack({ kind }) as MediaStreamTrack)
    this.tracks.push(...tracks)
    return streamOf(tracks)
  }

  enumerateDevices = async (): Promise<MediaDeviceInfo[]> => this.listed as MediaDeviceInfo[]

  latest(kind: 'audio' | 'video'): MediaStreamTrack {
    const track = this.tracks.findLast((each) => each.kind === kind)
    if (track === undefined) throw new Error(`No ${kind} track has been opened`)
    return track
  }
}

function streamOf(tracks: MediaStreamTrack[]): MediaStream {
  const ofKind = (kind: string) => () => tracks.filter((track) => track.kind === kind)
  return {
    getTracks: () => tracks,
    getAudioTracks: ofKind('audio'),
    getVideoTracks: ofKind('video'),
  } as unknown as MediaStream
}

/** A shared screen, with sound where the person wants it. */
export function sharedScreen({ sound = false } = {}): MediaStream {
  const kinds = sound ? ['video', 'audio'] : ['video']
  return streamOf(kinds.map((kind) => new FakeMediaStreamTrack({ kind }) as MediaStreamTrack))
}

/** Loads mediasoup's device on its fake handler; `setState` changes the network state of what was made last. */
export class FakeWebRtc {
  #transports: { setConnectionState(state: ConnectionState): void }[] = []

  loadDevice = async (): Promise<Device> => {
    this.#transports = []
    const factory = FakeHandler.createFactory({ generateNativeRtpCapabilities, generateLocalDtlsParameters })
    const device = new Device({ handlerFactory: factory })
    device.observer.on('newtransport', (transport) => this.#transports.push(transport.handler as FakeHandler))
    return device
  }

  setState(state: ConnectionState): void {
    for (const transport of this.#transports) transport.setConnectionState(state)
  }
}
