import { useEffect, useRef, useState } from 'preact/hooks'
import type { Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'

const SETTLED_MS = 300

export interface Told {
  /** Null while they are read. */
  messages: Shape<'MessagePreview'>[] | null
  overlaps: Shape<'Overlap'>[]
  problem: ApiProblem | null
}

const NOTHING: Told = { messages: null, overlaps: [], problem: null }

/** What a change would tell its participants, read when what is asked for has settled; `asked` null asks nothing. */
export function useTold(asked: string | null, read: () => Promise<Omit<Told, 'problem'>>): Told {
  const [told, setTold] = useState(NOTHING)
  const reader = useRef(read)
  reader.current = read
  useEffect(() => {
    let latest = true
    setTold((old) => ({ ...NOTHING, overlaps: old.overlaps }))
    if (asked === null) return undefined
    const timer = setTimeout(() => {
      reader.current().then(
        (found) => latest && setTold({ ...found, problem: null }),
        (thrown) => {
          const problem = asProblem(thrown)
          if (latest) setTold({ messages: [], overlaps: [], problem })
        },
      )
    }, SETTLED_MS)
    return () => {
      latest = false
      clearTimeout(timer)
    }
  }, [asked])
  return told
}
