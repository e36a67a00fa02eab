import { useEffect } from 'preact/hooks'
import { keepRead } from './keep-read'

/** A page that has no live connection, as nobody waits in it yet, shows what changes all the same (B9). */
export function useWatchedVisit(watched: boolean, reload: () => Promise<void>): void {
  useEffect(() => (watched ? keepRead(reload) : undefined), [watched, reload])
}
