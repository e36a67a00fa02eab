import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { CommissionList } from '../../ui/CommissionList'
import { Dialog } from '../../ui/Dialog'
import { sayProblem } from '../../ui/toasts'
import { useSession } from './session'

/** Byt medarbetaruppdrag: without a new login; the pages begin anew on the other unit (L1). */
export function SwitchCommission({ onClose }: { onClose: () => void }) {
  const session = useSession()
  const [busy, setBusy] = useState<string | null>(null)
  const choose = async (commissionId: string) => {
    if (commissionId === session.commission_id) return onClose()
    setBusy(commissionId)
    try {
      await answer(api.POST('/session/commission', { body: { commission_id: commissionId } }))
      window.location.assign('/')
    } catch (thrown) {
      setBusy(null)
      sayProblem(thrown)
    }
  }
  return (
    <Dialog
      title={t('shell.switchCommission')}
      onClose={onClose}
      actions={
        <Button variant="secondary" color="neutral" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      }
    >
      <CommissionList
        commissions={session.commissions}
        current={session.commission_id}
        busy={busy}
        onChoose={choose}
      />
    </Dialog>
  )
}
