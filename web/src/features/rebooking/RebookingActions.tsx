import { CalendarClock, CalendarX2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { CancelDialog, NO_REASON } from './CancelDialog'
import { formOf } from './form'
import { RescheduleDialog } from './RescheduleDialog'
import { useKept } from './use-kept'
import './rebooking.css'

interface RebookingActionsProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
}

/**
 * Omboka and Avboka (B9). A dialog that is open stays when another ends the possibility, and says so; what was written in it is
 * there again after Escape by mistake, as long as the booking is the same.
 */
export function RebookingActions({ visit, onChanged }: RebookingActionsProps) {
  const [open, setOpen] = useState<'move' | 'cancel' | null>(null)
  const move = useKept(visit, formOf)
  const why = useKept(visit, () => NO_REASON)
  const leave = () => setOpen(null)
  const dialog = { visit, onChanged, onLeave: leave }
  const close = (kept: { forget: () => void }) => () => {
    kept.forget()
    leave()
  }
  return (
    <>
      {visit.actions.includes('reschedule') && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            move.open()
            setOpen('move')
          }}
        >
          <CalendarClock size={16} aria-hidden="true" />
          {t('rebooking.move')}
        </button>
      )}
      {visit.actions.includes('cancel') && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            why.open()
            setOpen('cancel')
          }}
        >
          <CalendarX2 size={16} aria-hidden="true" />
          {t('rebooking.cancel')}
        </button>
      )}
      {open === 'move' && <RescheduleDialog {...dialog} kept={move} onClose={close(move)} />}
      {open === 'cancel' && <CancelDialog {...dialog} kept={why} onClose={close(why)} />}
    </>
  )
}
