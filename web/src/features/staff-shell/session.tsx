import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect } from 'preact/hooks'
import { answer, api, onLoggedOut, type Shape, setCsrfToken } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { ErrorCard } from '../../ui/ErrorCard'

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
  useEffect(() => onLoggedOut(() => toLogin()), [])

  if (data !== null) return <Session.Provider value={data}>{children}</Session.Provider>
  if (problem !== null && problem.status !== 401) return <ErrorCard problem={problem} onRetry={reload} />
  return null
}

async function readSession(): Promise<Shape<'StaffSession'>> {
  const session = await answer(api.GET('/session'))
  setCsrfToken(session.csrf_token)
  return session
}

/** The login page, which returns to the page that is open. `ended`: a session was there and is over. */
export function toLogin(ended = false): void {
  const here = window.location.pathname + window.location.search
  const query = new URLSearchParams({ return_to: here, ...(ended && { orsak: 'avslutad' }) })
  window.location.assign(`/logga-in?${query}`)
}
