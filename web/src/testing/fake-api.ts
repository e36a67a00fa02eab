import { vi } from 'vitest'

interface Call {
  method: string
  path: string
  body: unknown
  csrf: string | null
}

type Reply = unknown | ((call: Call) => unknown)

/** A refusal as the server words it. */
export function refusal(status: number, code: string, field?: string): Response {
  const problem = { title: code, status, code, detail: '', ...(field !== undefined && { field }) }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
}

/**
 * Stands in for the server: replies by `METHOD /path` without `/api`; a reply may be data, a Response, or a function
 * that gives one or throws as a dead network does. Records every call in order.
 */
export function fakeApi(replies: Record<string, Reply>): { calls: Call[]; made: (what: string) => Call[] } {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url)
    const text = await request.text()
    const call: Call = {
      method: request.method,
      path: url.pathname.replace(/^\/api/, '') + url.search,
      body: text === '' ? undefined : JSON.parse(text),
      csrf: request.headers.get('X-CSRF-Token'),
    }
    calls.push(call)
    const found = replies[`${call.method} ${call.path}`] ?? replies[`${call.method} ${url.pathname.slice(4)}`]
    const reply = typeof found === 'function' ? await found(call) : found
    if (reply instanceof Response) return reply.clone()
    if (reply === undefined) return refusal(404, 'not_found')
    return new Response(JSON.stringify(reply), { headers: { 'Content-Type': 'application/json' } })
  })
  return { calls, made: (what) => calls.filter((call) => `${call.method} ${call.path}` === what) }
}

/** A network that does not answer. */
export function deadNetwork(): never {
  throw new TypeError('network down')
}
