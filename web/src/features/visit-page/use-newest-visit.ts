import { useRef } from 'preact/hooks'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'

type Visit = Shape<'VisitView'>

/**
 * Keeps the page at the newest version, whichever comes first: an action's answer, or the news of what others did
 * meanwhile. `told`: this version is stored. `changed`: an action was answered with this.
 */
export function useNewestVisit(visit: Visit, { reload, replace }: Resource<Visit>) {
  const shown = useRef(visit)
  const newest = useRef(visit.version)
  shown.current = visit
  return {
    told: (version: number) => {
      newest.current = Math.max(newest.current, version)
      if (mayBeNewer(shown.current, version)) reload()
    },
    changed: (after: Visit) => {
      if (after.version >= shown.current.version) replace(after)
      if (after.version < newest.current) reload()
    },
  }
}

/** A delivery is told without a version, and may have been settled before this page was watching. */
function mayBeNewer(visit: Visit, version: number): boolean {
  return version > visit.version || visit.participants.some((person) => person.delivery === 'queued')
}
