/** What lets a reloaded page go straight back into the call (C10). Lives as long as the tab. */

export interface CallMemory {
  microphone: boolean
  camera: boolean
}

const PREFIX = 'vardrum.in-call.'

export function rememberCall(storage: Storage, key: string, memory: CallMemory): void {
  storage.setItem(PREFIX + key, `${memory.microphone ? 'm' : ''}${memory.camera ? 'c' : ''}`)
}

export function forgetCall(storage: Storage, key: string): void {
  storage.removeItem(PREFIX + key)
}

/** null when this tab was not in the call. */
export function recallCall(storage: Storage, key: string): CallMemory | null {
  const stored = storage.getItem(PREFIX + key)
  return stored === null ? null : { microphone: stored.includes('m'), camera: stored.includes('c') }
}
