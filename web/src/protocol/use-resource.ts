import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { type ApiProblem, asProblem } from './problem'

export interface Resource<Data> {
  /** The latest data; stays while it is read again, and when that fails. */
  data: Data | null
  /** Why the latest reading failed. */
  problem: ApiProblem | null
  /** Reads again. */
  reload: () => void
  /** Puts in what an action has answered, newer than anything under way. */
  replace: (data: Data) => void
}

/**
 * Reads something, and again when `key` changes; the old data is dropped then, so that no other's is shown.
 * `key` null reads nothing.
 */
export function useResource<Data>(key: string | null, load: () => Promise<Data>): Resource<Data> {
  const [state, setState] = useState<{ key: string | null; data: Data | null; problem: ApiProblem | null }>({
    key,
    data: null,
    problem: null,
  })
  const turn = useRef(0)
  const loader = useRef(load)
  loader.current = load

  const replace = useCallback(
    (data: Data) => {
      turn.current += 1
      setState({ key, data, problem: null })
    },
    [key],
  )
  const reload = useCallback(() => {
    if (key === null) return
    turn.current += 1
    const mine = turn.current
    loader.current().then(
      (data) => mine === turn.current && setState({ key, data, problem: null }),
      (thrown) => {
        const problem = asProblem(thrown)
        if (mine !== turn.current) return
        setState((old) => ({ key, data: old.key === key ? old.data : null, problem }))
      },
    )
  }, [key])

  useEffect(() => {
    reload()
    return () => {
      turn.current += 1
    }
  }, [reload])

  const current = state.key === key
  return { data: current ? state.data : null, problem: current ? state.problem : null, reload, replace }
}
