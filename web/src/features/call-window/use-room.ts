/** What the call window remembers for the person in it, beside the call itself. */

import { useEffect, useState } from 'preact/hooks'
import type { Call } from '../../call/call'
import type { CallState } from '../../call/call-state'
import type { OwnShare } from '../../call/screen-shares'
import type { Permission } from '../../protocol/signalling'
import type { Panel } from './CallBar'
import type { SoundOnly } from './Lines'
import { heldPictures, isSoundOnly } from './sound-only'
import { useStore } from './use-store'

/** One panel at a time; the same button closes it. The call knows whether its chat is read. */
export function usePanel(call: Call): [Panel | null, (panel: Panel | null) => void] {
  const [panel, setPanel] = useState<Panel | null>(null)
  const change = (wanted: Panel | null) => {
    const next = wanted === panel ? null : wanted
    if (next === 'chat') call.chat.open()
    else call.chat.close()
    setPanel(next)
  }
  return [panel, change]
}

interface Sharing {
  shares: readonly OwnShare[]
  /** The last try did not work; cancelling is no failure. */
  failed: boolean
  start: () => void
}

export function useSharing(call: Call): Sharing {
  const shares = useStore(call.screens)
  const [failed, setFailed] = useState(false)
  const start = () => {
    setFailed(false)
    void call.screens.start().then((outcome) => setFailed(outcome === 'failed'))
  }
  return { shares, failed, start }
}

interface Pictures {
  /** The person wants sound only. */
  chosen: boolean
  choose: (soundOnly: boolean) => void
  soundOnly: SoundOnly
  /** Out of sound only, whichever way one came into it. */
  show: () => void
}

/** Pictures or sound only; a page that nobody looks at gets no pictures either. */
export function usePictures(call: Call, { participants }: CallState): Pictures {
  const [chosen, choose] = useState(false)
  useEffect(() => {
    const cover = () => call.views.cover(chosen || document.visibilityState === 'hidden')
    cover()
    document.addEventListener('visibilitychange', cover)
    return () => document.removeEventListener('visibilitychange', cover)
  }, [call, chosen])
  const forced = isSoundOnly(participants, call.views)
  const show = () => {
    choose(false)
    for (const consumerId of heldPictures(participants)) call.showHeld(consumerId)
  }
  return { chosen, choose, soundOnly: chosen ? 'chosen' : forced ? 'forced' : null, show }
}

/** What this person may do; what their side usually may, until the media node has said. */
export function may(state: CallState, expects: readonly Permission[], permission: Permission): boolean {
  return (state.self?.permissions ?? expects).includes(permission)
}
