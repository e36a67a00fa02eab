/** How the server's notifications change the list of participants. Pure. */

import type { NewConsumer, Notification, ParticipantInfo, Source } from '../protocol/signalling'
import type { RemoteMedia, RemoteParticipant } from './call-state'

type Participants = readonly RemoteParticipant[]

export function fromInfo(info: ParticipantInfo): RemoteParticipant {
  return { id: info.id, name: info.name, role: info.role, connected: info.connected, media: {}, screens: [] }
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
      return changeMedia(participants, is(notification.data), () => null)
    case 'consumerPaused':
      return changeMedia(participants, is(notification.data), (media) => ({ ...media, held: true }))
    case 'consumerResumed':
      return changeMedia(participants, is(notification.data), (media) => ({ ...media, held: false }))
    case 'producerPaused':
      return changeMedia(participants, isOf(notification.data), (media) => ({ ...media, paused: true }))
    case 'producerResumed':
      return changeMedia(participants, isOf(notification.data), (media) => ({ ...media, paused: false }))
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
  return changeMedia(participants, is({ consumerId }), (media) => ({ ...media, track }))
}

/** Everything that comes from one person. */
export function mediaOf({ media, screens }: RemoteParticipant): RemoteMedia[] {
  return [...Object.values(media), ...screens]
}

export function picturesOf(participants: Participants): RemoteMedia[] {
  return participants.flatMap(mediaOf).filter(({ kind }) => kind === 'video')
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
  const { id, producerId, kind, source, producerPaused } = consumer
  const media = { consumerId: id, producerId, kind, track: null, paused: producerPaused, held: false }
  return participants.map((participant) => {
    if (participant.id !== consumer.participantId) return participant
    if (source === 'screen') return { ...participant, screens: [...participant.screens, media] }
    return { ...participant, media: { ...participant.media, [source]: media } }
  })
}

type Which = (media: RemoteMedia) => boolean

function is({ consumerId }: { consumerId: string }): Which {
  return (media) => media.consumerId === consumerId
}

function isOf({ producerId }: { producerId: string }): Which {
  return (media) => media.producerId === producerId
}

function changeMedia(
  participants: Participants,
  which: Which,
  next: (media: RemoteMedia) => RemoteMedia | null,
): Participants {
  return participants.map((participant) => {
    if (!mediaOf(participant).some(which)) return participant
    const changed = (media: RemoteMedia) => (which(media) ? next(media) : media)
    const media = Object.entries(participant.media).flatMap(([source, each]) => {
      const left = changed(each)
      return left === null ? [] : [[source as Source, left]]
    })
    const screens = participant.screens.flatMap((each) => changed(each) ?? [])
    return { ...participant, media: Object.fromEntries(media), screens }
  })
}
