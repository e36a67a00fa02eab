import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../protocol/problem'
import { ErrorCard } from './ErrorCard'

type Loaded<Props> = { View: ComponentType<Props> } | { failed: true } | null

/** A view whose code is fetched when it is first shown; a failed fetch offers another try. */
export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let cached: ComponentType<Props> | null = null

  return function LazyView(props: Props) {
    const [loaded, setLoaded] = useState<Loaded<Props>>(cached === null ? null : { View: cached })
    useEffect(() => {
      if (loaded !== null) return
      load().then(
        (View) => {
          cached = View
          setLoaded({ View })
        },
        () => setLoaded({ failed: true }),
      )
    }, [loaded])

    if (loaded === null) return null
    if ('failed' in loaded) {
      return (
        <ErrorCard problem={new ApiProblem({ code: 'offline', status: 0 })} onRetry={() => setLoaded(null)} />
      )
    }
    return <loaded.View {...props} />
  }
}
