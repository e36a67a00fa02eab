import { Smartphone } from 'lucide-preact'
import { t } from '../../i18n'
import { platform } from '../call-window/platform'
import { autostartAddress } from './autostart'
import type { EidProvider } from './eid-provider'

interface OpenAppProps {
  provider: EidProvider
  token: string | null
  /** The local stack's stand-in for the app; undefined until it is known. */
  appUrl: string | null | undefined
  primary?: boolean
  onOpen: () => void
}

/** A link, as phones open apps by links that are touched, not by scripts. */
export function OpenApp({ provider, token, appUrl, primary = false, onOpen }: OpenAppProps) {
  const ready = token !== null && appUrl !== undefined
  const where = { platform: platform(navigator), origin: window.location.origin }
  const href = ready ? autostartAddress(provider, { token, appUrl, ...where }) : undefined
  return (
    <a
      class="ds-button eid__open"
      data-variant={primary ? 'primary' : 'tertiary'}
      data-color="accent"
      aria-disabled={!ready || undefined}
      href={href}
      onClick={onOpen}
    >
      <Smartphone size={22} aria-hidden="true" />
      {t(provider === 'freja' ? 'eid.openFreja' : 'eid.openHere')}
    </a>
  )
}
