import { useEffect, useState } from 'preact/hooks'
import { answer, api, type Shape } from '../../protocol/api'
import { ApiProblem, asProblem } from '../../protocol/problem'

const SETTLED_MS = 300

interface Previewed {
  /** The text that this is of; null while another is read. */
  preview: Shape<'TextPreview'> | null
  /** What the server would refuse. */
  problem: ApiProblem | null
}

const EMPTY = new ApiProblem({ code: 'text_empty', status: 400, field: 'text' })
const NOTHING: Previewed = { preview: null, problem: null }

/** The text as its receiver would see it, read again when the writing has paused. */
export function usePreview(key: string, text: string): Previewed {
  const [previewed, setPreviewed] = useState(NOTHING)
  useEffect(() => {
    let latest = true
    if (text.trim() === '') {
      setPreviewed({ preview: null, problem: EMPTY })
      return undefined
    }
    const timer = setTimeout(() => {
      answer(api.POST('/organisation/texts/preview', { body: { key, text } })).then(
        (preview) => latest && setPreviewed({ preview, problem: null }),
        (thrown) => {
          const problem = asProblem(thrown)
          if (latest) setPreviewed({ preview: null, problem })
        },
      )
    }, SETTLED_MS)
    return () => {
      latest = false
      clearTimeout(timer)
    }
  }, [key, text])
  return previewed
}
