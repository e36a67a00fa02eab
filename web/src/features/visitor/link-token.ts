/** What stands after `#` in the address: the link's token, or the mark of having been in an e-ID app (G5). */

import { type EidProvider, isEidProvider } from './eid-provider'

export type Arrival =
  | { kind: 'link'; token: string }
  | { kind: 'back_from_eid'; provider: EidProvider }
  | { kind: 'plain' }

/** Reads the fragment and takes it out of the address bar at once: an address is shown, kept, and copied. */
export function takeArrival(location: Location, history: History): Arrival {
  const fragment = location.hash.slice(1)
  if (fragment === '') return { kind: 'plain' }
  history.replaceState(history.state, '', location.pathname + location.search)
  return isEidProvider(fragment)
    ? { kind: 'back_from_eid', provider: fragment }
    : { kind: 'link', token: fragment }
}
