import { t } from '../../i18n'
import type { Obstacle } from './choice'
import './relations.css'

/** Why nobody can act for the child, and what to do instead (P5). */
export function ObstacleNotice({ obstacle }: { obstacle: Obstacle }) {
  if (obstacle === null) return null
  return (
    <p class="notice" data-tone="warning" role="alert">
      {t(`relations.${obstacle}`)}
    </p>
  )
}
