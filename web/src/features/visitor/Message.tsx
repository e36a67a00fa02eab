import type { ComponentChildren } from 'preact'
import { FocusedHeading } from './FocusedHeading'

interface MessageProps {
  title: string
  children: ComponentChildren
}

/** A page that says one thing. */
export function Message({ title, children }: MessageProps) {
  return (
    <div class="visitor-message">
      <FocusedHeading>{title}</FocusedHeading>
      {children}
    </div>
  )
}
