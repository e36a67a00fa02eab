import { useEffect } from 'preact/hooks'
import { LiveSocket } from '../../protocol/live'

/** Calls `onChange` when the visit changed, and when something may have been missed. */
export function useVisitChanges(visitId: string, onChange: () => void): void {
  useEffect(() => {
    const live = new LiveSocket('staff')
    live.watch(visitId)
    live.onMessage((message) => {
      if (message.type === 'visit.changed' && message.visit_id === visitId) onChange()
    })
    live.onState((state, earlier) => {
      if (state === 'open' && earlier === 'lost') onChange()
    })
    live.open()
    return () => live.close()
  }, [visitId, onChange])
}
