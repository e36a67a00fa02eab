import { useEffect } from 'preact/hooks'
import { answer, api } from '../../protocol/api'

const EVERY_MS = 10 * 60_000

/** Someone in a call is there, though they may ask the server nothing for an hour: the session is used meanwhile (L1). */
export function useKeepAwake(): void {
  useEffect(() => {
    const timer = setInterval(() => void answer(api.GET('/session')).catch(() => {}), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
}
