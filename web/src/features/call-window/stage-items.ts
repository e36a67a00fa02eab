/** What stands on the stage: shared screens and people, which of them is large, and who comes first. Pure. */

import type { RemoteMedia, RemoteParticipant } from '../../call/call-state'

export interface StageItem {
  /** Stays the same for as long as the person, or the share, is there. */
  key: string
  participant: RemoteParticipant
  /** null: the person. */
  screen: RemoteMedia | null
}

/** Shares first: they are what one looks at. */
export function stageItems(participants: readonly RemoteParticipant[]): StageItem[] {
  return [...sharesOf(participants), ...participants.map(personItem)]
}

export function sharesOf(participants: readonly RemoteParticipant[]): StageItem[] {
  return participants.flatMap((participant) =>
    participant.screens
      .filter(({ kind }) => kind === 'video')
      .map((screen) => ({ key: screen.key ?? screen.producerId, participant, screen })),
  )
}

function personItem(participant: RemoteParticipant): StageItem {
  return { key: participant.id, participant, screen: null }
}

export interface LargeWish {
  /** Key of what this person has pinned. */
  pinned: string | null
  /** Key of the share that came last. */
  newestShare: string | null
  /** Key of who spoke last, if the speaker is to stand large. */
  speaker: string | null
}

/** What stands large: what is pinned, else what was shared last, else who speaks. */
export function largeItem(items: readonly StageItem[], wish: LargeWish): StageItem | null {
  for (const key of [wish.pinned, wish.newestShare, wish.speaker]) {
    const item = items.find((each) => each.key === key)
    if (item !== undefined) return items.length > 1 || item.screen !== null ? item : null
  }
  return null
}

/**
 * Who speaks comes onto the first page, in place of whom nobody has heard for the longest.
 *
 * @param spoke when each was last heard; who is missing has never been
 */
export function bringForward(
  order: readonly string[],
  firstPage: number,
  speaker: string,
  spoke: ReadonlyMap<string, number>,
): string[] {
  const from = order.indexOf(speaker)
  if (from < firstPage) return [...order]
  const heard = (key: string) => spoke.get(key) ?? Number.NEGATIVE_INFINITY
  const to = order
    .slice(0, firstPage)
    .reduce((silent, key, index) => (heard(key) <= heard(order[silent] ?? '') ? index : silent), 0)
  const next = [...order]
  next[to] = speaker
  next[from] = order[to] ?? speaker
  return next
}

/** The order as it was, without those who are gone and with the new ones last. */
export function keepOrder(order: readonly string[], keys: readonly string[]): string[] {
  const kept = order.filter((key) => keys.includes(key))
  return [...kept, ...keys.filter((key) => !kept.includes(key))]
}
