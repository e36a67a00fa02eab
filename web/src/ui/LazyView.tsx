import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../protocol/problem'
import { ErrorCard } from './ErrorCard'

type Loaded<Props> = { View: ComponentType<Props> } | { failed: true } | null

/**
 * A view whose code is fetched when it is first shown, or before by `fetch`. Code that cannot be had is offered by
 * reading the page anew: after a deploy the old names are gone.
 */
export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let cached: ComponentType<Props> | null = null
  const fetch = async () => {
    cached ??= await load()
    return cached
  }

  function LazyView(props: Props) {
    const [loaded, setLoaded] = useState<Loaded<Props>>(cached === null ? null : { View: cached })
    useEffect(() => {
      if (loaded !== null) return
      fetch().then(
        (View) => setLoaded({ View }),
        () => setLoaded({ failed: true }),
      )
    }, [loaded])

    if (loaded === null) return null
    if ('failed' in loaded) {
      const offline = new ApiProblem({ code: 'offline', status: 0 })
      return <ErrorCard problem={offline} onRetry={() => window.location.reload()} />
    }
    return <loaded.View {...props} />
  }
  return Object.assign(LazyView, { fetch })
}
