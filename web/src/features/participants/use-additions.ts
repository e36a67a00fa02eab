import { useEffect, useState } from 'preact/hooks'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { type Addition, requestOf } from './draft'

type Visit = Shape<'VisitView'>
type Message = Shape<'MessagePreview'>

/** Those who are to be added, what they would get, and the sending. Nothing is sent before `send`. */
export function useAdditions(visitId: string, onSent: (visit: Visit, sent: readonly Addition[]) => void) {
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())
  const [additions, setAdditions] = useState<readonly Addition[]>([])
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const messages = usePreview(visitId, requestId, additions, setProblem)

  const change = (next: readonly Addition[]) => {
    setProblem(null)
    setAdditions(next)
  }
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const params = { params: { path: { visit_id: visitId } }, body: requestOf(requestId, additions) }
      onSent(await answer(api.POST('/visits/{visit_id}/participants', params)), additions)
      setRequestId(crypto.randomUUID())
      setAdditions([])
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return {
    additions,
    messages,
    problem,
    busy,
    add: (addition: Addition) => change([...additions, addition]),
    drop: (key: string) => change(additions.filter((each) => each.key !== key)),
    send,
  }
}

/** What the server would send; what it would refuse is said before anyone tries. */
function usePreview(
  visitId: string,
  requestId: string,
  additions: readonly Addition[],
  onProblem: (problem: ApiProblem) => void,
): readonly Message[] {
  const [messages, setMessages] = useState<readonly Message[]>([])
  useEffect(() => {
    let latest = true
    setMessages([])
    if (additions.length === 0) return undefined
    const params = { params: { path: { visit_id: visitId } }, body: requestOf(requestId, additions) }
    answer(api.POST('/visits/{visit_id}/participants/preview', params)).then(
      (preview) => latest && setMessages(preview.messages),
      (thrown) => latest && onProblem(asProblem(thrown)),
    )
    return () => {
      latest = false
    }
  }, [visitId, requestId, additions, onProblem])
  return messages
}
