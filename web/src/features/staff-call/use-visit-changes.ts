import { useEffect } from 'preact/hooks'
import { LiveSocket } from '../../protocol/live'

/** Calls `onChange` when the visit changed, and when something may have been missed. */
export function useVisitChanges(visitId: string, onChange: () => void): void {
  useEffect(() => {
    const live = new LiveSocket('staff')
    live.watch(visitId)
    live.onMessage((message) => {
      if (!('visit_id' in message) || message.visit_id !== visitId) return
      if (message.type === 'visit.changed' || message.type === 'watching') onChange()
    })
    live.open()
    return () => live.close()
  }, [visitId, onChange])
}
