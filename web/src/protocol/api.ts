import createClient, { type Middleware } from 'openapi-fetch'
import type { components, paths } from './openapi'
import { problemOf } from './problem'
import { send } from './transport'

/** The API's shapes by name: `Shape<'VisitView'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name]

let csrfToken = ''
const loggedOutListeners = new Set<(code: string) => void>()

/** The token of the session's view; it goes back with every state change. */
export function setCsrfToken(token: string): void {
  csrfToken = token
}

/** Told with the problem's code each time the server answers 401. Returns the way to stop. */
export function onLoggedOut(listener: (code: string) => void): () => void {
  loggedOutListeners.add(listener)
  return () => loggedOutListeners.delete(listener)
}

const csrf: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken)
    return request
  },
}

/** The typed client; the base is absolute because `Request` outside a browser asks for it. */
export const api = createClient<paths>({
  baseUrl: new URL('/api', window.location.origin).href,
  fetch: send,
})
api.use(csrf)

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/**
 * The data of an API call, or an ApiProblem thrown: `await answer(api.GET('/session'))`.
 * Raises ApiProblem for every answer that is no success, and when no answer came.
 */
export async function answer<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call
  if (response.ok) return data as Data
  const problem = problemOf(error, response.status)
  if (response.status === 401) for (const listener of loggedOutListeners) listener(problem.code)
  throw problem
}
