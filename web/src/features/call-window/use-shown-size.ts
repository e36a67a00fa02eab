import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ViewReporter } from '../../call/view-reporter'

/**
 * Tells at what size, in device pixels, a picture stands in the window, from when the returned element is drawn until
 * it is gone. Scrolled out of sight is hidden.
 */
export function useShownSize(
  views: ViewReporter,
  consumerId: string | undefined,
  pinned: boolean,
): RefObject<HTMLDivElement> {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = ref.current
    if (element === null || consumerId === undefined) return undefined
    const shown = { width: 0, height: 0, inSight: true }
    const tell = () => {
      if (shown.inSight && shown.width > 0)
        views.show(consumerId, { width: shown.width, height: shown.height, pinned })
      else views.hide(consumerId)
    }
    const stop = watch(element, (changes) => {
      Object.assign(shown, changes)
      tell()
    })
    return () => {
      stop()
      views.hide(consumerId)
    }
  }, [views, consumerId, pinned])
  return ref
}

type Shown = { width: number; height: number } | { inSight: boolean }

function watch(element: Element, onChange: (changes: Shown) => void): () => void {
  const sizes = new ResizeObserver(([entry]) => {
    if (entry !== undefined) onChange(devicePixels(entry.contentRect))
  })
  const sight = new IntersectionObserver((entries) => {
    const last = entries.at(-1)
    if (last !== undefined) onChange({ inSight: last.isIntersecting })
  })
  sizes.observe(element)
  sight.observe(element)
  return () => {
    sizes.disconnect()
    sight.disconnect()
  }
}

function devicePixels({ width, height }: DOMRectReadOnly): { width: number; height: number } {
  const scale = window.devicePixelRatio
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
