import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'

interface NoteConflictProps {
  theirs: Shape<'NoteView'>
  onMine: () => void
  onTheirs: () => void
}

/** A colleague has saved meanwhile: both texts, and the choice. */
export function NoteConflict({ theirs, onMine, onTheirs }: NoteConflictProps) {
  const time = theirs.saved_at === null ? '' : clockTime(theirs.saved_at)
  return (
    <div class="conflict" role="alert">
      <p>{t('visitPage.conflict', { name: theirs.saved_by, time })}</p>
      <p>{t('visitPage.conflictKept')}</p>
      <p class="quiet">{t('visitPage.conflictTheirs')}</p>
      <blockquote>{theirs.text}</blockquote>
      <div class="conflict__choices">
        <Button variant="secondary" onClick={onMine}>
          {t('visitPage.keepMine')}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onTheirs}>
          {t('visitPage.keepTheirs')}
        </Button>
      </div>
    </div>
  )
}
