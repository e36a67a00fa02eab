/** What stands after `#` in the address: the link's token, or the mark of having been in the BankID app (G5). */

export const BACK_FROM_EID = 'bankid'

export type Arrival = { kind: 'link'; token: string } | { kind: 'back_from_eid' } | { kind: 'plain' }

/** Reads the fragment and takes it out of the address bar at once: an address is shown, kept, and copied. */
export function takeArrival(location: Location, history: History): Arrival {
  const fragment = location.hash.slice(1)
  if (fragment === '') return { kind: 'plain' }
  history.replaceState(history.state, '', location.pathname + location.search)
  return fragment === BACK_FROM_EID ? { kind: 'back_from_eid' } : { kind: 'link', token: fragment }
}
