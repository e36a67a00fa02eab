import { useEffect, useState } from 'preact/hooks'

const EVERY_MS = 15_000

/** The time in epoch ms, four times a minute: for "väntar 4 min". */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
