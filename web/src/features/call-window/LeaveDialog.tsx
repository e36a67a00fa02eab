import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'

interface LeaveDialogProps {
  onStay: () => void
  onLeave: () => void
  onEndForAll: () => void
}

/** Staff's choice (C8). */
export function LeaveDialog({ onStay, onLeave, onEndForAll }: LeaveDialogProps) {
  return (
    <Dialog
      title={t('call.leave.title')}
      onClose={onStay}
      actions={
        <>
          <Button variant="tertiary" color="neutral" onClick={onStay}>
            {t('call.leave.stay')}
          </Button>
          <Button variant="secondary" color="neutral" onClick={onLeave}>
            {t('call.leave.leave')}
          </Button>
          <Button color="danger" onClick={onEndForAll}>
            {t('call.leave.endForAll')}
          </Button>
        </>
      }
    >
      <p>{t('call.leave.text')}</p>
    </Dialog>
  )
}
