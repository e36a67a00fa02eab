/** Which camera, microphone and speaker this person chose, kept in this browser. The ids mean nothing elsewhere. */

import type { Source } from '../protocol/signalling'

export type DeviceKind = Exclude<Source, 'screen'> | 'speaker'
export type DeviceChoices = Partial<Record<DeviceKind, string>>

const KEY = 'vardrum.devices'
const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker']

export function readChoices(storage: Storage): DeviceChoices {
  const stored = parse(storage.getItem(KEY))
  const choices: DeviceChoices = {}
  for (const kind of KINDS) {
    const id = stored[kind]
    if (typeof id === 'string') choices[kind] = id
  }
  return choices
}

export function writeChoices(storage: Storage, choices: DeviceChoices): void {
  storage.setItem(KEY, JSON.stringify(choices))
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
