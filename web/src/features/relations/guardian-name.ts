import { t } from '../../i18n'
import type { Guardian } from './choice'

/** Their name; a protected guardian has none here (P5). */
export function guardianName(guardian: Guardian): string {
  return guardian.name === '' ? t('relations.protectedGuardian') : guardian.name
}
