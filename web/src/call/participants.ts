/** How the server's notifications change the list of participants. Pure. */

import type { NewConsumer, Notification, ParticipantInfo, Source } from '../protocol/signalling'
import type { RemoteMedia, RemoteParticipant } from './call-state'

type Participants = readonly RemoteParticipant[]

export function fromInfo(info: ParticipantInfo): RemoteParticipant {
  return { id: info.id, name: info.name, role: info.role, connected: info.connected, media: {} }
}

export function applyNotification(participants: Participants, notification: Notification): Participants {
  switch (notification.event) {
    case 'participantJoined':
      return [...without(participants, notification.data.id), fromInfo(notification.data)]
    case 'participantUpdated':
      return change(participants, notification.data.id, { connected: notification.data.connected })
    case 'participantLeft':
      return without(participants, notification.data.id)
    case 'newConsumer':
      return addMedia(participants, notification.data)
    case 'consumerClosed':
      return changeMedia(participants, notification.data.consumerId, () => null)
    case 'producerPaused':
      return setPaused(participants, notification.data, true)
    case 'producerResumed':
      return setPaused(participants, notification.data, false)
    default:
      return participants
  }
}

/** The browser has a track for the consumer; nothing happens if the consumer closed meanwhile. */
export function withTrack(
  participants: Participants,
  consumerId: string,
  track: MediaStreamTrack,
): Participants {
  return changeMedia(participants, consumerId, (media) => ({ ...media, track }))
}

function without(participants: Participants, id: string): Participants {
  return participants.filter((participant) => participant.id !== id)
}

function change(participants: Participants, id: string, changes: Partial<RemoteParticipant>): Participants {
  return participants.map((participant) =>
    participant.id === id ? { ...participant, ...changes } : participant,
  )
}

function addMedia(participants: Participants, consumer: NewConsumer): Participants {
  const media: RemoteMedia = { consumerId: consumer.id, track: null, paused: consumer.producerPaused }
  return participants.map((participant) =>
    participant.id === consumer.participantId
      ? { ...participant, media: { ...participant.media, [consumer.source]: media } }
      : participant,
  )
}

function changeMedia(
  participants: Participants,
  consumerId: string,
  next: (media: RemoteMedia) => RemoteMedia | null,
): Participants {
  return participants.map((participant) => {
    const found = sourceOf(participant, consumerId)
    if (found === null) return participant
    const { [found.source]: _, ...others } = participant.media
    const media = next(found.media)
    return { ...participant, media: media === null ? others : { ...others, [found.source]: media } }
  })
}

function sourceOf(
  participant: RemoteParticipant,
  consumerId: string,
): { source: Source; media: RemoteMedia } | null {
  for (const [source, media] of Object.entries(participant.media))
    if (media.consumerId === consumerId) return { source: source as Source, media }
  return null
}

function setPaused(
  participants: Participants,
  producer: { participantId: string; source: Source },
  paused: boolean,
): Participants {
  return participants.map((participant) => {
    const media = participant.media[producer.source]
    if (participant.id !== producer.participantId || media === undefined) return participant
    return { ...participant, media: { ...participant.media, [producer.source]: { ...media, paused } } }
  })
}
