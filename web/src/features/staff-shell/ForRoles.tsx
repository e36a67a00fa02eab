import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { EmptyState } from '../../ui/EmptyState'
import { useTitle } from '../../ui/use-title'
import { useSession } from './session'

interface ForRolesProps {
  roles: Shape<'StaffSession'>['roles']
  children: ComponentChildren
}

/** A page for some of the staff; the server refuses the others too, and here they are told so before they write anything. */
export function ForRoles({ roles, children }: ForRolesProps) {
  const session = useSession()
  return session.roles.some((role) => roles.includes(role)) ? children : <NotForYou />
}

function NotForYou() {
  useTitle(t('shell.notForYouTitle'))
  return (
    <EmptyState whole title={t('shell.notForYouTitle')}>
      <p>{t('shell.notForYouText')}</p>
      <Link class="ds-button" data-variant="secondary" href="/">
        {t('common.toStart')}
      </Link>
    </EmptyState>
  )
}
