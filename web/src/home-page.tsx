import { Redirect } from 'wouter-preact'
import { useSession } from './features/staff-shell/session'
import { StartPage } from './features/start-page/StartPage'

/** The first page after login: one's visits, or what one runs the service by (L1). */
export function HomePage() {
  const { roles } = useSession()
  if (roles.includes('clinician')) return <StartPage />
  return <Redirect to={roles.includes('admin') ? '/logg' : '/organisation'} replace />
}
