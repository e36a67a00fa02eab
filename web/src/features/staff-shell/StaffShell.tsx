import type { ComponentChildren } from 'preact'
import { t } from '../../i18n'
import { Toasts } from '../../ui/toasts'
import { ExpiryWarning } from './ExpiryWarning'
import { Header } from './Header'
import { LiveProvider } from './live'
import { SessionGate } from './session'
import './shell.css'

/** What every clinic page stands in: the session, the live socket, the header and the messages. */
export function StaffShell({ children }: { children: ComponentChildren }) {
  return (
    <SessionGate>
      <LiveProvider>
        <div class="shell" data-size="sm">
          <a class="ds-skip-link" href="#innehall">
            {t('common.skipToContent')}
          </a>
          <Header />
          <ExpiryWarning />
          <main id="innehall" class="shell__main" tabIndex={-1}>
            {children}
          </main>
        </div>
        <Toasts />
      </LiveProvider>
    </SessionGate>
  )
}
