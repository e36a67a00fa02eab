import { ApiProblem } from './problem'

const TIMEOUT_MS = 10_000
/** Waits before the second and third try of a GET. */
const RETRY_AFTER_MS = [300, 900]
const WORTH_RETRYING = new Set([502, 503, 504])

/** `fetch` with a time limit; a GET is tried again when the network or a gateway failed, nothing else is. */
export async function send(request: Request): Promise<Response> {
  const waits = request.method === 'GET' ? RETRY_AFTER_MS : []
  for (const wait of waits) {
    const answer = await attempt(request.clone()).catch((problem: ApiProblem) => problem)
    if (answer instanceof Response && !isGatewayFailure(answer)) return answer
    await pause(wait)
  }
  return attempt(request)
}

/** A gateway's failure has no problem document; a 503 that has one is the service's own, final word. */
function isGatewayFailure(answer: Response): boolean {
  const isProblem = answer.headers.get('Content-Type')?.startsWith('application/problem+json') ?? false
  return WORTH_RETRYING.has(answer.status) && !isProblem
}

async function attempt(request: Request): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    return await fetch(request, { signal: timeout })
  } catch {
    throw new ApiProblem({ code: timeout.aborted ? 'timeout' : 'offline', status: 0 })
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
