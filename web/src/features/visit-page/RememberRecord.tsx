import { Copy } from 'lucide-preact'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { copy } from '../../ui/toasts'

/** Notes do not go back to the record system: whoever ends a visit with notes is reminded, and can take them along (V4). */
export function RememberRecord({ noteText }: { noteText: string }) {
  if (noteText.trim() === '') return null
  return (
    <div class="notice remember" data-tone="warning" role="status">
      <p>
        <strong>{t('visitPage.remember')}</strong>
      </p>
      <p>{t('visitPage.rememberText')}</p>
      <Button
        variant="secondary"
        color="neutral"
        icon={<Copy size={18} aria-hidden="true" />}
        onClick={() => void copy(noteText)}
      >
        {t('visitPage.copyNote')}
      </Button>
    </div>
  )
}
