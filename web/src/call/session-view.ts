/** What one connection to a media node tells of a call, kept apart from what is shown while the call moves. Pure. */

import type { JoinedCall, Notification, ParticipantQuality } from '../protocol/signalling'
import type { RemoteMedia, RemoteParticipant, Self } from './call-state'
import { applyNotification, fromInfo, mediaOf } from './participants'

export interface SessionView {
  self: Self
  epoch: number
  participants: readonly RemoteParticipant[]
  qualities: Readonly<Record<string, ParticipantQuality>>
  /** undefined until the node has told. */
  speaker: string | null | undefined
}

export function viewOf({ participant, epoch, participants }: JoinedCall): SessionView {
  return {
    self: participant,
    epoch,
    participants: participants.map(fromInfo),
    qualities: {},
    speaker: undefined,
  }
}

export function applyToView(view: SessionView, { event, data }: Notification): SessionView {
  if (event === 'activeSpeaker') return { ...view, speaker: data.participantId }
  if (event === 'connectionQuality')
    return { ...view, qualities: withQualities(view.qualities, data.participants) }
  const notification = { event, data } as Notification
  return { ...view, participants: applyNotification(view.participants, notification) }
}

/** Only those are told whose quality has changed. */
export function withQualities(
  known: SessionView['qualities'],
  measured: readonly ParticipantQuality[],
): SessionView['qualities'] {
  return { ...known, ...Object.fromEntries(measured.map((each) => [each.id, each])) }
}

/** Whether nobody and nothing that is seen or heard in `before` would be missed in `after`. */
export function hasArrived(
  before: readonly RemoteParticipant[],
  after: readonly RemoteParticipant[],
  flows: (consumerId: string) => boolean,
): boolean {
  return before.every((person) => {
    if (!person.connected) return true
    const there = after.find(({ id }) => id === person.id)
    return there !== undefined && carries(there, person, flows)
  })
}

/** Tiles and shared screens stay what and where they are, and who is new comes last. */
export function inPlaceOf(
  before: readonly RemoteParticipant[],
  after: readonly RemoteParticipant[],
): RemoteParticipant[] {
  const known = before.flatMap((person) =>
    after.filter(({ id }) => id === person.id).map((each) => withKeys(each, person)),
  )
  return [...known, ...after.filter(({ id }) => !before.some((each) => each.id === id))]
}

/** A person's shares come in the same order on every node. */
function withKeys(person: RemoteParticipant, before: RemoteParticipant): RemoteParticipant {
  const ofKind = (kind: RemoteMedia['kind']) => before.screens.filter((each) => each.kind === kind)
  const unused = { audio: ofKind('audio'), video: ofKind('video') }
  const screens = person.screens.map((screen) => {
    const same = unused[screen.kind].shift()
    return same === undefined ? screen : { ...screen, key: same.key ?? same.producerId }
  })
  return { ...person, screens }
}

/** As many voices and pictures as before: a shared screen counts like a face. */
function carries(
  there: RemoteParticipant,
  before: RemoteParticipant,
  flows: (id: string) => boolean,
): boolean {
  const live = mediaOf(there).filter((each) => isLive(each) && flows(each.consumerId))
  const wanted = mediaOf(before).filter(isLive)
  return (['audio', 'video'] as const).every((kind) => count(live, kind) >= count(wanted, kind))
}

function count(media: readonly RemoteMedia[], kind: RemoteMedia['kind']): number {
  return media.filter((each) => each.kind === kind).length
}

function isLive({ track, paused, held }: RemoteMedia): boolean {
  return track !== null && track.readyState === 'live' && !paused && !held
}
