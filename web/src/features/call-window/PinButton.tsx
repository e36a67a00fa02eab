import { Pin } from 'lucide-preact'
import { t } from '../../i18n'

interface PinButtonProps {
  /** Of what is pinned. */
  name: string
  pinned: boolean
  onPin: (pinned: boolean) => void
}

/** Makes a tile large, for this person alone (C4). */
export function PinButton({ name, pinned, onPin }: PinButtonProps) {
  return (
    <button
      type="button"
      class="tile__pin"
      aria-pressed={pinned}
      aria-label={t('call.stage.pinName', { name })}
      onClick={() => onPin(!pinned)}
    >
      <Pin size={18} aria-hidden="true" />
      <span aria-hidden="true">{t('call.stage.pin')}</span>
    </button>
  )
}
