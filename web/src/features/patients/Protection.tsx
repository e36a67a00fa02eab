import { t } from '../../i18n'
import { ProtectedBadge } from '../../ui/ProtectedBadge'

interface ProtectionProps {
  person: { protected: boolean; protected_registration: boolean }
}

/** The mark of a protected identity, and which kind of it the register tells (P5). */
export function Protection({ person }: ProtectionProps) {
  if (!person.protected) return null
  return (
    <p class="protection">
      <ProtectedBadge />{' '}
      <span class="quiet">
        {t(
          person.protected_registration ? 'patients.protectedRegistration' : 'patients.confidentialityMarked',
        )}
      </span>
    </p>
  )
}
