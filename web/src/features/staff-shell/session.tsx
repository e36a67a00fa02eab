import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect } from 'preact/hooks'
import { answer, api, onLoggedOut, type Shape, setCsrfToken } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { ErrorCard } from '../../ui/ErrorCard'
import { leaveFor } from '../../ui/leave-warning'

const Session = createContext<Shape<'StaffSession'> | null>(null)

/** Who is logged in (L1); only within SessionGate. */
export function useSession(): Shape<'StaffSession'> {
  const session = useContext(Session)
  if (session === null) throw new Error('useSession outside SessionGate')
  return session
}

/** Shows its children to logged-in staff; others are taken to the login and come back to this page. */
export function SessionGate({ children }: { children: ComponentChildren }) {
  const { data, problem, reload } = useResource('session', readSession)
  const hadSession = data !== null
  useEffect(() => onLoggedOut(() => toLogin(hadSession ? 'ended' : 'first')), [hadSession])

  if (data !== null) return <Session.Provider value={data}>{children}</Session.Provider>
  if (problem === null || problem.status === 401) return null
  return (
    <main class="gate">
      <ErrorCard problem={problem} onRetry={reload} />
    </main>
  )
}

async function readSession(): Promise<Shape<'StaffSession'>> {
  const session = await answer(api.GET('/session'))
  setCsrfToken(session.csrf_token)
  return session
}

/** True once Logga ut was chosen: the server's word that the session ended is then no news. */
let leaving = false

/** The login page, which returns to the page that is open now. */
export function toLogin(why: 'first' | 'ended'): void {
  if (leaving) return
  const here = window.location.pathname + window.location.search
  const query = new URLSearchParams({ return_to: here, ...(why === 'ended' && { orsak: 'avslutad' }) })
  leaveFor(`/logga-in?${query}`)
}

/** Ends the session on the server, and what this tab kept; goes on to where the identity provider ends its own. */
export async function logOut(): Promise<void> {
  leaving = true
  try {
    const { redirect_to } = await answer(api.POST('/logout'))
    sessionStorage.clear()
    leaveFor(redirect_to)
  } catch (thrown) {
    leaving = false
    throw thrown
  }
}
