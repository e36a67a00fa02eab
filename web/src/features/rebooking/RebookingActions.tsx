import { CalendarClock, CalendarX2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { CancelDialog } from './CancelDialog'
import { RescheduleDialog } from './RescheduleDialog'
import './rebooking.css'

interface RebookingActionsProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
}

/** Omboka and Avboka (B9). A dialog that is open stays when another ends the possibility, and says so. */
export function RebookingActions({ visit, onChanged }: RebookingActionsProps) {
  const [open, setOpen] = useState<'move' | 'cancel' | null>(null)
  const close = () => setOpen(null)
  const dialog = { visit, onChanged, onClose: close }
  return (
    <>
      {visit.actions.includes('reschedule') && (
        <button type="button" class="link-button" onClick={() => setOpen('move')}>
          <CalendarClock size={16} aria-hidden="true" />
          {t('rebooking.move')}
        </button>
      )}
      {visit.actions.includes('cancel') && (
        <button type="button" class="link-button" onClick={() => setOpen('cancel')}>
          <CalendarX2 size={16} aria-hidden="true" />
          {t('rebooking.cancel')}
        </button>
      )}
      {open === 'move' && <RescheduleDialog {...dialog} />}
      {open === 'cancel' && <CancelDialog {...dialog} />}
    </>
  )
}
