/** A call of Dr Ek's with Anna in it, on fakes. */

import { vi } from 'vitest'
import type { Notification } from '../../protocol/signalling'
import { Call } from '../call'
import type { JoinGrant } from '../join'
import { LocalMedia } from '../local-media'
import { FakeDevices, FakeWebRtc, sharedScreen } from './fake-devices'
import { FakeNode } from './fake-node'

export const GRANT: JoinGrant = {
  callId: 'c_9m4t',
  epoch: 1,
  mediaPath: '/media',
  token: 'first-token',
  participantId: 'p_7xk2',
  name: 'Dr Ek',
  role: 'staff',
  title: 'Videobesök',
}
const ANNA = { id: 'p_2bq8', name: 'Anna A', role: 'patient', connected: true, producers: [] }

export class TestCall {
  readonly node = new FakeNode()
  readonly devices = new FakeDevices()
  readonly webRtc = new FakeWebRtc()
  readonly media = new LocalMedia(this.devices, localStorage)
  readonly fetchGrant = vi.fn(async (_lostEpoch?: number): Promise<JoinGrant> => GRANT)
  readonly call: Call
  /** What the person chooses in the browser's picker. */
  screen = sharedScreen()
  networkChanges: () => void = () => undefined
  whenFlowing: (track: MediaStreamTrack) => Promise<void> = async () => undefined

  constructor() {
    this.node.participants = [ANNA]
    this.call = new Call(
      {
        fetchGrant: this.fetchGrant,
        openSocket: this.node.openSocket,
        loadDevice: this.webRtc.loadDevice,
        captureScreen: async () => this.screen,
        whenFlowing: (track) => this.whenFlowing(track),
        watchNetwork: (onChange) => {
          this.networkChanges = onChange
          return () => undefined
        },
        now: () => Date.now(),
        random: () => 0.5,
        newId: () => `m${Math.random()}`,
      },
      this.media,
    )
  }

  async join(): Promise<void> {
    await this.call.join()
    await settle()
  }

  async joinWithBoth(): Promise<void> {
    await this.media.open({ microphone: true, camera: true })
    await this.join()
  }

  say(notification: unknown): void {
    this.node.socket.notify(notification as Notification)
  }
}

/** Lets answers come that are on their way; the clock is the test's. */
export function settle(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(50)
}
