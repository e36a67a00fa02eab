import { useEffect, useState } from 'preact/hooks'
import type { Store } from '../../call/store'

/** The store's state now; the view is drawn again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [state, setState] = useState(store.state)
  useEffect(() => {
    const update = () => setState(() => store.state)
    update()
    return store.subscribe(update)
  }, [store])
  return state
}
