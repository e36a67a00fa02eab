import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** A step's heading. It takes the focus when the step begins, so that screen readers start reading there. */
export function FocusedHeading({ children }: { children: ComponentChildren }) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => ref.current?.focus({ preventScroll: true }), [])
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  )
}
