import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { isLost } from '../participants/delivery-words'

/** Said above a list that may be long: that a message has not come to somebody in it. */
export function LostCount({ people }: { people: readonly Shape<'ParticipantView'>[] }) {
  const count = people.filter(isLost).length
  return count === 0 ? null : <p class="lost-count">{t('participants.lostCount', { count })}</p>
}
