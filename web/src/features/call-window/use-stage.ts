/** Who stands where on the stage now, and on which page. */

import { useRef, useState } from 'preact/hooks'
import type { RemoteParticipant } from '../../call/call-state'
import type { StageMode } from './Stage'
import { largeItem, type StageItem, stageItems } from './stage-items'
import { layOutStage, type Rect, type Size, type StageLayout } from './stage-layout'
import { useNewest, useOrder } from './use-order'

export interface StageChoices {
  participants: readonly RemoteParticipant[]
  speaker: string | null
  mode: StageMode
  pinned: string | null
  /** The own picture is shown. */
  self: boolean
}

export interface Shown {
  item: StageItem
  /** undefined before anything has been measured. */
  rect: Rect | undefined
  large: boolean
}

export interface StageNow {
  layout: StageLayout
  shown: Shown[]
  /** There is something to choose between. */
  several: boolean
  pages: { page: number; count: number; onPage: (page: number) => void }
}

export function useStage(choices: StageChoices, size: Size): StageNow {
  const items = stageItems(choices.participants)
  const large = useLarge(items, choices)
  const others = items.filter((item) => item !== large)
  const layout = layOutStage({ count: others.length, large: large !== null, self: choices.self, size })
  const { perPage } = layout
  const order = useOrder(
    others.map(({ key }) => key),
    perPage,
    choices.speaker,
  )
  const pages = usePages(order.length, perPage)
  const onPage = order.slice(pages.page * perPage, (pages.page + 1) * perPage)
  return { layout, shown: place(items, large, onPage, layout), several: items.length > 1, pages }
}

function useLarge(items: readonly StageItem[], choices: StageChoices): StageItem | null {
  const newestShare = useNewest(items.flatMap(({ key, screen }) => (screen === null ? [] : [key])))
  const lastSpeaker = useLastSpeaker(choices)
  const speaker = choices.mode === 'active' ? lastSpeaker : null
  return largeItem(items, { pinned: choices.pinned, newestShare, speaker })
}

/** The tiles stay in their order in the page; only their places differ. */
function place(
  items: readonly StageItem[],
  large: StageItem | null,
  onPage: readonly string[],
  layout: StageLayout,
): Shown[] {
  return items.flatMap((item): Shown[] => {
    if (item === large) return [{ item, rect: layout.large ?? undefined, large: true }]
    const index = onPage.indexOf(item.key)
    return index < 0 ? [] : [{ item, rect: layout.tiles[index], large: false }]
  })
}

function usePages(tiles: number, perPage: number): StageNow['pages'] {
  const [wanted, onPage] = useState(0)
  const count = Math.max(1, Math.ceil(tiles / Math.max(1, perPage)))
  return { page: Math.min(wanted, count - 1), count, onPage }
}

/** Who speaks now, else who spoke last, else who came first. */
function useLastSpeaker({ participants, speaker }: StageChoices): string | null {
  const last = useRef<string | null>(null)
  const isThere = (id: string | null) => participants.some((each) => each.id === id)
  if (isThere(speaker)) last.current = speaker
  return isThere(last.current) ? last.current : (participants[0]?.id ?? null)
}
