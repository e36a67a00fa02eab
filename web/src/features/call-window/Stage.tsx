import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { RemoteParticipant } from '../../call/call-state'
import type { ViewReporter } from '../../call/view-reporter'
import { t } from '../../i18n'
import type { ParticipantQuality } from '../../protocol/signalling'
import { Pager } from './Pager'
import { largeItem, type StageItem, stageItems } from './stage-items'
import { layOutStage, type Rect, type Size, type StageLayout } from './stage-layout'
import { Tile } from './Tile'
import { useNewest, useOrder } from './use-order'
import { useSize } from './use-size'

export type StageMode = 'grid' | 'active'

interface StageProps {
  participants: readonly RemoteParticipant[]
  qualities: Readonly<Record<string, ParticipantQuality>>
  speaker: string | null
  mode: StageMode
  /** Key of the tile that this person has pinned. */
  pinned: string | null
  /** The person wants sound only. */
  soundOnly: boolean
  views: ViewReporter
  /** Shown while nobody else is there. */
  alone: ComponentChildren
  /** The own picture; null when it is hidden. */
  self: ((room: SelfRoom) => ComponentChildren) | null
  onPin: (key: string | null) => void
  onShowHeld: (consumerId: string) => void
}

/** People and shared screens fill the window; what has no room stands on the next page, and costs nothing there. */
export function Stage(props: StageProps) {
  const { participants, self } = props
  const [ref, size] = useSize()
  const stage = useStage(props, size)
  return (
    <div class="stage" ref={ref}>
      {participants.length === 0 ? (
        <div class="stage__alone">{props.alone}</div>
      ) : (
        <ul
          class="stage__tiles"
          aria-label={t('call.room.tiles')}
          data-layout={stage.layout.large === null ? 'grid' : 'large'}
          data-single={stage.shown.length === 1 || undefined}
        >
          {stage.shown.map(({ item, rect, large }) => (
            // Never moved in the document: a picture that is moved stops.
            <Tile
              key={item.key}
              item={item}
              rect={rect}
              large={large}
              quality={props.qualities[item.participant.id]}
              speaking={props.speaker === item.participant.id}
              pinned={props.pinned === item.key}
              soundOnly={props.soundOnly}
              views={props.views}
              onPin={stage.several ? (on) => props.onPin(on ? item.key : null) : null}
              onShowHeld={props.onShowHeld}
            />
          ))}
        </ul>
      )}
      {stage.layout.pager !== null && <Pager {...stage.pages} rect={stage.layout.pager} />}
      {self?.({ size: stage.layout.self, above: stage.layout.pager?.height ?? 0 })}
    </div>
  )
}

/** Pixels: what the own picture may take, and what it must leave free below itself. */
export interface SelfRoom {
  size: Size | null
  above: number
}

interface Shown {
  item: StageItem
  rect: Rect | undefined
  large: boolean
}

function useStage(props: StageProps, size: Size) {
  const [page, setPage] = useState(0)
  const items = stageItems(props.participants)
  const newestShare = useNewest(items.flatMap(({ key, screen }) => (screen === null ? [] : [key])))
  const speaker = useLastSpeaker(props)
  const large = largeItem(items, {
    pinned: props.pinned,
    newestShare,
    speaker: props.mode === 'active' ? speaker : null,
  })
  const others = items.filter((item) => item !== large)
  const layout = layOutStage({
    count: others.length,
    large: large !== null,
    self: props.self !== null,
    size,
  })
  const order = useOrder(
    others.map(({ key }) => key),
    layout.perPage,
    props.speaker,
  )
  const pages = { page: Math.min(page, pageCount(order, layout) - 1), count: pageCount(order, layout) }
  const onPage = order.slice(pages.page * layout.perPage, (pages.page + 1) * layout.perPage)
  const shown = items.flatMap((item): Shown[] => {
    if (item === large) return [{ item, rect: rectOf(layout.large), large: true }]
    const index = onPage.indexOf(item.key)
    return index < 0 ? [] : [{ item, rect: rectOf(layout.tiles[index]), large: false }]
  })
  return { layout, shown, several: items.length > 1, pages: { ...pages, onPage: setPage } }
}

function pageCount(order: readonly string[], { perPage }: StageLayout): number {
  return Math.max(1, Math.ceil(order.length / Math.max(1, perPage)))
}

/** Nothing has been measured yet: the style sheet stacks them. */
function rectOf(rect: Rect | null | undefined): Rect | undefined {
  return rect !== null && rect !== undefined && rect.width > 0 ? rect : undefined
}

/** Who speaks now, else who spoke last, else who came first. */
function useLastSpeaker({ participants, speaker }: StageProps): string | null {
  const last = useRef<string | null>(null)
  const isThere = (id: string | null) => participants.some((each) => each.id === id)
  if (isThere(speaker)) last.current = speaker
  return isThere(last.current) ? last.current : (participants[0]?.id ?? null)
}
