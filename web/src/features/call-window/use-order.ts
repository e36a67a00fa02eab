import { useRef } from 'preact/hooks'
import { bringForward, keepOrder } from './stage-items'

/** The keys in the order they stand in: as they came, and who speaks always on the first page. */
export function useOrder(keys: readonly string[], firstPage: number, speaker: string | null): string[] {
  const order = useRef<string[]>([])
  const spoke = useRef(new Map<string, number>())
  const turns = useRef(0)
  const last = useRef<string | null>(null)
  order.current = keepOrder(order.current, keys)
  if (speaker !== null && speaker !== last.current) spoke.current.set(speaker, ++turns.current)
  last.current = speaker
  if (speaker !== null && order.current.includes(speaker))
    order.current = bringForward(order.current, firstPage, speaker, spoke.current)
  return order.current
}

/** Which of these came last. */
export function useNewest(keys: readonly string[]): string | null {
  const order = useRef<string[]>([])
  order.current = keepOrder(order.current, keys)
  return order.current.at(-1) ?? null
}
