import { useRef } from 'preact/hooks'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'

type Visit = Shape<'VisitView'>

/**
 * Keeps the page at the newest version, whichever comes first: an action's answer, or the news of what others did
 * meanwhile. `told`: this version is stored. `watching`: it is, and from now on all is told. `changed`: an action was
 * answered with this.
 */
export function useNewestVisit(visit: Visit, { reload, replace }: Resource<Visit>) {
  const shown = useRef(visit)
  const newest = useRef(visit.version)
  shown.current = visit
  const hear = (version: number, mayHaveMissed: boolean) => {
    newest.current = Math.max(newest.current, version)
    if (version > shown.current.version || mayHaveMissed) reload()
  }
  return {
    told: (version: number) => hear(version, false),
    watching: (version: number) => hear(version, awaitsDelivery(shown.current)),
    changed: (after: Visit) => {
      if (after.version >= shown.current.version) replace(after)
      if (after.version < newest.current) reload()
    },
  }
}

/** A delivery is told without a version, and may have been settled before this page was watching. */
function awaitsDelivery({ participants }: Visit): boolean {
  return participants.some(({ delivery }) => delivery === 'queued' || delivery === 'sent')
}
