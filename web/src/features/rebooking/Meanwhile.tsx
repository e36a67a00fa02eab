import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { meanwhileWords } from './change-words'

interface MeanwhileProps {
  visit: Shape<'VisitView'>
  /** As it was when this change was begun. */
  seen: Shape<'VisitView'>
  /** Absent where nothing can be done any more. */
  onGoOn?: (() => void) | undefined
  onLeaveIt: () => void
}

/** Somebody else changed the booking while this one was being made: who, what and when, and the choice. */
export function Meanwhile({ visit, seen, onGoOn, onLeaveIt }: MeanwhileProps) {
  return (
    <div class="notice meanwhile" data-tone="warning" role="alert">
      <p>
        <strong>{meanwhileWords(visit, seen)}</strong>
      </p>
      {onGoOn !== undefined && (
        <>
          <p>{t('rebooking.kept')}</p>
          <div class="meanwhile__choices">
            <Button variant="secondary" onClick={onGoOn}>
              {t('rebooking.goOn')}
            </Button>
            <Button variant="tertiary" color="neutral" onClick={onLeaveIt}>
              {t('rebooking.leaveIt')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
