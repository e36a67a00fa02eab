/** What the call window remembers for the person in it, beside the call itself. */

import { useEffect, useState } from 'preact/hooks'
import type { Call } from '../../call/call'
import type { CallState } from '../../call/call-state'
import type { LocalMedia, LocalMediaState } from '../../call/local-media'
import { canCaptureScreen } from '../../call/screen-capture'
import type { OwnShare } from '../../call/screen-shares'
import type { Permission } from '../../protocol/signalling'
import type { Panel } from './CallBar'
import type { SoundOnly } from './Lines'
import { platform } from './platform'
import type { StageMode } from './Stage'
import { heldPictures, isSoundOnly } from './sound-only'
import { useStore } from './use-store'

/** The call, and the window's own choices: what every part of the window is drawn from. */
export interface Room {
  call: Call
  state: CallState
  media: LocalMedia
  mediaState: LocalMediaState
  panel: Panel | null
  /** Again with the same panel: closes it. */
  setPanel: (panel: Panel | null) => void
  mode: StageMode
  setMode: (mode: StageMode) => void
  /** Key of the tile that stands large for this person alone. */
  pinned: string | null
  setPinned: (key: string | null) => void
  selfShown: boolean
  setSelfShown: (shown: boolean) => void
  sharing: Sharing
  pictures: Pictures
  /** People in the call, this one among them. */
  count: number
  may: (permission: Permission) => boolean
  toggle: (kind: 'microphone' | 'camera') => void
}

export interface RoomParts {
  call: Call
  state: CallState
  media: LocalMedia
  /** What this side of a call usually may, until the media node has said. */
  expects: readonly Permission[]
}

export function useRoom({ call, state, media, expects }: RoomParts): Room {
  const mediaState = useStore(media)
  const [panel, setPanel] = usePanel(call)
  const [mode, setMode] = useState<StageMode>('grid')
  const [pinned, setPinned] = useState<string | null>(null)
  const [selfShown, setSelfShown] = useState(true)
  const allowed = state.self?.permissions ?? expects
  return {
    call,
    state,
    media,
    mediaState,
    panel,
    setPanel,
    mode,
    setMode,
    pinned,
    setPinned,
    selfShown,
    setSelfShown,
    sharing: useSharing(call, allowed.includes('share_screen')),
    pictures: usePictures(call, state),
    count: state.participants.length + 1,
    may: (permission) => allowed.includes(permission),
    toggle: (kind) => void media.setOn(kind, !media.state[kind].on),
  }
}

/** One panel at a time; the same button closes it. The call knows whether its chat is read. */
function usePanel(call: Call): [Panel | null, (panel: Panel | null) => void] {
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
  /** Allowed, and this browser can; some phones know the name of it and refuse. */
  possible: boolean
  shares: readonly OwnShare[]
  /** The last try did not work; cancelling is no failure. */
  failed: boolean
  start: () => void
}

function useSharing(call: Call, allowed: boolean): Sharing {
  const shares = useStore(call.screens)
  const [failed, setFailed] = useState(false)
  const start = () => {
    setFailed(false)
    void call.screens.start().then((outcome) => setFailed(outcome === 'failed'))
  }
  const able = platform(navigator) === 'computer' && canCaptureScreen(navigator.mediaDevices)
  return { possible: allowed && able, shares, failed, start }
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
function usePictures(call: Call, { participants }: CallState): Pictures {
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
