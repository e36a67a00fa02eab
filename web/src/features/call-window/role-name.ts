import { t } from '../../i18n'
import type { Role } from '../../protocol/signalling'

export function roleName(role: Role): string {
  return t(`call.room.${role}`)
}
