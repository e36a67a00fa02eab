import { t } from '../../i18n'
import { useSession } from '../staff-shell/session'
import type { Kind } from './kind'

/** Said when a birthday before the visit makes it one of another kind than today's would be (B4). */
export function KindNotice({ today, onTheDay }: { today: Kind; onTheDay: Kind }) {
  const { child_age_limit: age } = useSession()
  if (today === onTheDay) return null
  return (
    <p class="notice" data-tone="warning" role="status">
      {onTheDay === 'adult' ? t('relations.turnsAdult') : t('relations.turnsYouth', { age })}
    </p>
  )
}
