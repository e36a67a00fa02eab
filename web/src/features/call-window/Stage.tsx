import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { RemoteParticipant } from '../../call/call-state'
import type { ViewReporter } from '../../call/view-reporter'
import { t } from '../../i18n'
import { Tile } from './Tile'

export type StageLayout = 'grid' | 'active'

interface StageProps {
  participants: readonly RemoteParticipant[]
  speaking: readonly string[]
  layout: StageLayout
  views: ViewReporter
  /** Shown while nobody else is there. */
  alone: ComponentChildren
}

/** The people fill the window. In the active layout who spoke last is large. */
export function Stage({ participants, speaking, layout, views, alone }: StageProps) {
  const active = useActive(participants, speaking)
  if (participants.length === 0) return <div class="stage stage--alone">{alone}</div>
  return (
    <ul
      class="stage"
      aria-label={t('call.room.tiles')}
      data-layout={participants.length > 1 ? layout : 'one'}
      data-count={Math.min(participants.length, 9)}
      style={{ '--strip': Math.max(1, participants.length - 1) }}
    >
      {participants.map((participant) => (
        // Never moved in the document: a picture that is moved stops.
        <Tile
          key={participant.id}
          participant={participant}
          speaking={speaking.includes(participant.id)}
          large={participant === active}
          views={views}
        />
      ))}
    </ul>
  )
}

/** Who speaks now, else who spoke last, else who came first. */
function useActive(
  participants: readonly RemoteParticipant[],
  speaking: readonly string[],
): RemoteParticipant | undefined {
  const last = useRef<string>()
  const now = participants.find(({ id }) => speaking.includes(id))
  if (now !== undefined) last.current = now.id
  return now ?? participants.find(({ id }) => id === last.current) ?? participants[0]
}
