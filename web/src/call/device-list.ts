/** The devices that can be chosen, with names once the browser gives them. */

import type { DeviceKind } from './device-choices'

export interface DeviceOption {
  id: string
  /** Empty until the person has allowed access. */
  label: string
}

export type DeviceList = Record<DeviceKind, readonly DeviceOption[]>

export const NO_DEVICES: DeviceList = { microphone: [], camera: [], speaker: [] }

const KINDS: Record<MediaDeviceKind, DeviceKind> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
}

/** Chrome lists the default device twice: as itself and under these ids. The alias follows the system's choice. */
const DUPLICATES: ReadonlySet<string> = new Set(['communications'])

export function toDeviceList(devices: readonly MediaDeviceInfo[]): DeviceList {
  const list: Record<DeviceKind, DeviceOption[]> = { microphone: [], camera: [], speaker: [] }
  for (const { kind, deviceId, label } of devices)
    if (deviceId !== '' && !DUPLICATES.has(deviceId)) list[KINDS[kind]].push({ id: deviceId, label })
  return list
}

/** Only some browsers can send the sound somewhere else than to the system's choice (no Safari on iOS). */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype
}
