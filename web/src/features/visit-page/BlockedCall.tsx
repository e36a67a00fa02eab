import { t } from '../../i18n'
import type { CallWindow } from './use-call-window'

/** The browser has refused the call's window: a link opens it (C1). */
export function BlockedCall({ call }: { call: CallWindow }) {
  if (!call.blocked) return null
  return (
    <p role="alert">
      {t('visitPage.callBlocked')}{' '}
      <a href={call.address} target={call.name}>
        {t('visitPage.callLink')}
      </a>
    </p>
  )
}
