import type { ComponentChildren } from 'preact'
import { FocusedHeading } from './FocusedHeading'

interface MessageProps {
  title: string
  text: string
  children?: ComponentChildren
}

/** A page that says one thing. */
export function Message({ title, text, children }: MessageProps) {
  return (
    <div class="visitor-message">
      <FocusedHeading>{title}</FocusedHeading>
      <p>{text}</p>
      {children}
    </div>
  )
}
