import { t } from '../i18n'
import type { Shape } from '../protocol/api'
import './commission-list.css'

interface CommissionListProps {
  commissions: readonly Shape<'Commission'>[]
  /** The one that is worked on now. */
  current?: string
  /** The one just chosen: no second click is taken. */
  busy: string | null
  onChoose: (commissionId: string) => void
}

/** Commissions as large buttons: the unit is what one looks for, the commission's name tells two on one unit apart. */
export function CommissionList({ commissions, current, busy, onChoose }: CommissionListProps) {
  return (
    <ul class="commissions">
      {commissions.map((commission) => (
        <li key={commission.commission_id}>
          <button
            type="button"
            class="commissions__one"
            aria-busy={busy === commission.commission_id || undefined}
            aria-disabled={busy !== null || undefined}
            aria-current={commission.commission_id === current || undefined}
            onClick={() => busy === null && onChoose(commission.commission_id)}
          >
            <strong>{commission.unit_name}</strong>
            <span>{commission.name}</span>
            {commission.commission_id === current && (
              <span class="commissions__now">{t('login.currentCommission')}</span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}
