import type { components } from './openapi'

type Problem = components['schemas']['Problem']
type Sender = components['schemas']['LinkSender']

/** Made here, beside the codes that the server answers with. */
export type LocalCode = 'offline' | 'timeout' | 'unreadable'

/** An API call that failed: the server's problem document (RFC 9457), or the network's silence. */
export class ApiProblem extends Error {
  readonly code: string
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** The input at fault, when the server names one. */
  readonly field: string | null
  /** Whose link it was, when it is dead. */
  readonly sender: Sender | null

  constructor(problem: {
    code: string
    status: number
    title?: string
    field?: string | null
    sender?: Sender | null
  }) {
    super(problem.title ?? problem.code)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.field = problem.field ?? null
    this.sender = problem.sender ?? null
  }

  /** True when the same call may well succeed a little later. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** Reads the problem document of a failed answer; anything else gets a code of its status. */
export function problemOf(body: unknown, status: number): ApiProblem {
  if (isProblem(body)) return new ApiProblem(body)
  return new ApiProblem({ code: status >= 500 ? 'server_error' : 'unreadable', status })
}

/** Whatever was thrown, as an ApiProblem: only these reach a view. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  throw thrown
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body
}
