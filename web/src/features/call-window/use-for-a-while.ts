import { useEffect, useState } from 'preact/hooks'

/** The text for some time after it has changed, then null: news, and no standing sign. */
export function useForAWhile(text: string | null, shownMs: number): string | null {
  const [over, setOver] = useState<string | null>(null)
  useEffect(() => {
    setOver(null)
    if (text === null) return undefined
    const timer = setTimeout(() => setOver(text), shownMs)
    return () => clearTimeout(timer)
  }, [text, shownMs])
  return text === over ? null : text
}
