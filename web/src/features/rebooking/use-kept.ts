import { useState } from 'preact/hooks'
import type { Shape } from '../../protocol/api'
import { useLeaveWarning } from '../../ui/leave-warning'

type Visit = Shape<'VisitView'>

export interface Kept<Written> {
  value: Written
  write: (value: Written) => void
  /** It stands as it was left, when the dialog was opened. */
  isOld: boolean
}

/**
 * What is written in a dialog about a booking, for as long as the page and the booking last; `begin` gives it as it is
 * before anything is written. It is kept nowhere else: a reason may tell of a patient.
 */
export function useKept<Written>(visit: Visit, begin: (visit: Visit) => Written) {
  const fresh = () => ({ sequence: visit.sequence, value: begin(visit), isWritten: false, isOld: false })
  const [kept, setKept] = useState(fresh)
  useLeaveWarning(kept.isWritten)
  const stands = kept.isWritten && kept.sequence === visit.sequence
  return {
    value: kept.value,
    isOld: kept.isOld,
    write: (value: Written) => setKept((before) => ({ ...before, value, isWritten: true })),
    /** Before the dialog opens: of another booking than this nothing is taken along. */
    open: () => setKept(stands ? { ...kept, isOld: true } : fresh()),
    forget: () => setKept(fresh()),
  }
}
