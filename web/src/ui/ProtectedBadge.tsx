import { ShieldAlert } from 'lucide-preact'
import { t } from '../i18n'
import './chips.css'

/** The mark of a protected identity (P5): fixed words, shape and place, everywhere. */
export function ProtectedBadge() {
  return (
    <span class="protected-badge">
      <ShieldAlert size={16} aria-hidden="true" />
      {t('common.protectedIdentity')}
    </span>
  )
}
