import type { ComponentChildren } from 'preact'
import type { RemoteParticipant } from '../../call/call-state'
import type { ViewReporter } from '../../call/view-reporter'
import { t } from '../../i18n'
import type { ParticipantQuality } from '../../protocol/signalling'
import { Pager } from './Pager'
import type { Size } from './stage-layout'
import { Tile } from './Tile'
import { useSize } from './use-size'
import { useStage } from './use-stage'

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
  self: ((space: SelfSpace) => ComponentChildren) | null
  onPin: (key: string | null) => void
  onShowHeld: (consumerId: string) => void
}

/** People and shared screens fill the window; what has no room stands on the next page, and costs nothing there. */
export function Stage(props: StageProps) {
  const { participants, self } = props
  const [ref, size] = useSize()
  const stage = useStage({ ...props, self: self !== null }, size)
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
export interface SelfSpace {
  size: Size | null
  above: number
}
