import { Wifi, WifiOff } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n'
import './connection-line.css'

const BACK_SHOWN_MS = 3_000

/** A slim line while the live connection is lost, and for a moment when it is back. It covers nothing it did not before. */
export function ConnectionLine({ lost }: { lost: boolean }) {
  const [shown, setShown] = useState<'lost' | 'back' | null>(null)
  useEffect(() => {
    if (lost) {
      setShown('lost')
      return undefined
    }
    setShown((before) => (before === 'lost' ? 'back' : null))
    const timer = setTimeout(() => setShown(null), BACK_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [lost])

  return (
    <div class="connection-line" role="status" data-state={shown}>
      {shown === 'lost' && (
        <>
          <WifiOff size={18} aria-hidden="true" /> {t('common.connectionLost')}
        </>
      )}
      {shown === 'back' && (
        <>
          <Wifi size={18} aria-hidden="true" /> {t('common.connectionBack')}
        </>
      )}
    </div>
  )
}
