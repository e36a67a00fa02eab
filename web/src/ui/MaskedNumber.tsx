import { Eye, EyeOff } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n'
import { sayProblem } from './toasts'
import './masked-number.css'

const SHOWN_MS = 30_000

interface MaskedNumberProps {
  /** `1944-08-13-••••`. */
  masked: string
  /** Asks the server for the whole number, which is logged there. */
  reveal: () => Promise<string>
}

/** An identity number that shows its last digits only when asked, for half a minute. */
export function MaskedNumber({ masked, reveal }: MaskedNumberProps) {
  const [full, setFull] = useState<string | null>(null)
  useEffect(() => {
    if (full === null) return undefined
    const timer = setTimeout(() => setFull(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [full])

  const toggle = () => {
    if (full === null) reveal().then(setFull, sayProblem)
    else setFull(null)
  }
  const Icon = full === null ? Eye : EyeOff
  return (
    <span class="masked-number">
      <span class="numbers">{full ?? masked}</span>
      <button
        type="button"
        onClick={toggle}
        aria-label={t(full === null ? 'common.showNumber' : 'common.hideNumber')}
      >
        <Icon size={16} aria-hidden="true" />
        {t(full === null ? 'common.show' : 'common.hide')}
      </button>
    </span>
  )
}
