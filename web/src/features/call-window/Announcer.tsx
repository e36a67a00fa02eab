import { useEffect, useRef, useState } from 'preact/hooks'
import type { RemoteParticipant } from '../../call/call-state'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'

interface AnnouncerProps {
  participants: readonly RemoteParticipant[]
  /** Said by a line of its own. */
  mutedBy: string | null
  media: LocalMediaState
}

/** Tells those who do not see the window who comes, goes and shares, and what a shortcut key has done. */
export function Announcer({ participants, mutedBy, media: { microphone, camera } }: AnnouncerProps) {
  const [text, setText] = useState('')
  const before = useRef<Seen>({ participants, microphone: microphone.on, camera: camera.on })
  useEffect(() => {
    const now = { participants, microphone: microphone.on || mutedBy !== null, camera: camera.on }
    const news = whatIsNew(before.current, now)
    before.current = now
    if (news !== null) setText(news)
  }, [participants, mutedBy, microphone.on, camera.on])
  return (
    <p class="ds-sr-only" role="status">
      {text}
    </p>
  )
}

interface Seen {
  participants: readonly RemoteParticipant[]
  microphone: boolean
  camera: boolean
}

function whatIsNew(before: Seen, now: Seen): string | null {
  const [came] = missing(now.participants, before.participants)
  const [went] = missing(before.participants, now.participants)
  if (came !== undefined) return t('call.room.came', { name: came.name })
  if (went !== undefined) return t('call.room.went', { name: went.name })
  const [shares] = sharing(now.participants, before.participants)
  const [stopped] = sharing(before.participants, now.participants)
  if (shares !== undefined) return t('call.share.began', { name: shares.name })
  if (stopped !== undefined) return t('call.share.ended', { name: stopped.name })
  if (now.microphone !== before.microphone)
    return t(now.microphone ? 'call.room.microphoneOn' : 'call.room.microphoneOff')
  if (now.camera !== before.camera) return t(now.camera ? 'call.room.cameraOn' : 'call.room.cameraOff')
  return null
}

function missing(
  from: readonly RemoteParticipant[],
  others: readonly RemoteParticipant[],
): RemoteParticipant[] {
  return from.filter(({ id }) => !others.some((other) => other.id === id))
}

/** Who shares a screen in the one and not in the other. */
function sharing(
  from: readonly RemoteParticipant[],
  others: readonly RemoteParticipant[],
): RemoteParticipant[] {
  const inBoth = from.filter(({ id }) => others.some((other) => other.id === id))
  return missing(inBoth.filter(shares), others.filter(shares))
}

function shares({ screens }: RemoteParticipant): boolean {
  return screens.some(({ kind }) => kind === 'video')
}
