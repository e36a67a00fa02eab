import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Call } from '../../call/call'
import { forgetCall, recallCall, rememberCall } from '../../call/call-memory'
import type { CallState } from '../../call/call-state'
import type { FetchGrant } from '../../call/join'
import { LocalMedia, type LocalMediaState } from '../../call/local-media'
import { preloadDevice } from '../../call/mediasoup'
import { Playback } from '../../call/playback'
import { keepScreenOn } from '../../call/wake-lock'
import type { Permission } from '../../protocol/signalling'
import { CallEnd } from './CallEnd'
import { CallRoom } from './CallRoom'
import { type CallPeople, CallPeopleContext, NOBODY_KNOWN, useNames } from './call-people'
import { DeviceStep } from './DeviceStep'
import { JoinButton } from './JoinButton'
import { newCall } from './new-call'
import type { CallRating } from './Rating'
import { useStore } from './use-store'

interface CallFlowProps {
  /** Asks the control plane for a token; see `toGrant`. */
  fetchGrant: FetchGrant
  /** Tells this call from others in the tab's memory. */
  memoryKey: string
  deviceTitle?: string
  /** Beside the join button, as a way back. */
  deviceActions?: ComponentChildren
  /** What this side of a call usually may: so the bar has its buttons before the media node has said. */
  expects: readonly Permission[]
  /** Shown on the stage while nobody else is in the call. */
  alone: ComponentChildren
  /** Whom this side knows people to be; everyone is who the call says when left out. */
  people?: CallPeople
  rate: (callId: string, rating: CallRating) => Promise<unknown>
  /** The call goes on without who has left it: they are offered to come back. */
  goesOn?: boolean
  /** Once, when the person has asked to join. */
  onJoining?: () => void
  onDone: () => void
}

/** From the device step through the call to the rating; a reloaded page goes straight back into the call (C10). */
export function CallFlow(props: CallFlowProps) {
  const [round, setRound] = useState(0)
  return <CallRound key={round} {...props} onAgain={() => setRound(round + 1)} />
}

function CallRound(props: CallFlowProps & { onAgain: () => void }) {
  const { call, media, playback } = useCall(props)
  const join = () => {
    props.onJoining?.()
    void call.join()
  }
  const people = props.people ?? NOBODY_KNOWN
  const state = useNames(useStore(call), people)
  const mediaState = useStore(media)
  useMemory(props.memoryKey, state, mediaState)
  useWakeLock(state.phase !== 'idle' && state.phase !== 'ended')

  if (state.phase === 'idle')
    return (
      <DeviceStep
        media={media}
        state={mediaState}
        {...(props.deviceTitle !== undefined && { title: props.deviceTitle })}
        actions={
          <>
            <JoinButton state={mediaState} onJoin={join} />
            {props.deviceActions}
          </>
        }
      />
    )
  if (state.phase === 'ended')
    return (
      <CallEnd
        state={state}
        goesOn={props.goesOn ?? false}
        rate={props.rate}
        onAgain={props.onAgain}
        onDone={props.onDone}
      />
    )
  return (
    <CallPeopleContext.Provider value={people}>
      <CallRoom
        call={call}
        state={state}
        media={media}
        playback={playback}
        expects={props.expects}
        alone={props.alone}
      />
    </CallPeopleContext.Provider>
  )
}

interface CallParts {
  call: Call
  media: LocalMedia
  playback: Playback
}

function useCall({ fetchGrant, memoryKey }: CallFlowProps): CallParts {
  const [parts] = useState(() => makeCall(fetchGrant))
  useEffect(() => {
    preloadDevice()
    const memory = recallCall(sessionStorage, memoryKey)
    void parts.media.open(memory ?? { microphone: true, camera: true })
    if (memory !== null) void parts.call.join()
    return () => {
      // A reload does not come here: whoever does has left, and is not put back without being asked.
      forgetCall(sessionStorage, memoryKey)
      parts.call.leave()
      parts.media.close()
    }
  }, [parts, memoryKey])
  return parts
}

function makeCall(fetchGrant: FetchGrant): CallParts {
  const media = new LocalMedia(navigator.mediaDevices, localStorage)
  return { call: newCall(fetchGrant, media), media, playback: new Playback() }
}

function useMemory(key: string, { phase }: CallState, { microphone, camera }: LocalMediaState): void {
  useEffect(() => {
    if (phase === 'ended') forgetCall(sessionStorage, key)
    if (phase === 'connected')
      rememberCall(sessionStorage, key, { microphone: microphone.on, camera: camera.on })
  }, [key, phase, microphone.on, camera.on])
}

function useWakeLock(wanted: boolean): void {
  useEffect(() => (wanted ? keepScreenOn(navigator, document) : undefined), [wanted])
}
