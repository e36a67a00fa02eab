import type { ComponentChildren } from 'preact'
import './states.css'

interface EmptyStateProps {
  icon?: ComponentChildren
  title: string
  /** It is all there is on the page: its title is the page's. */
  whole?: boolean
  children?: ComponentChildren
}

/** Nothing here, in words, with what one can do about it. */
export function EmptyState({ icon, title, whole = false, children }: EmptyStateProps) {
  const Title = whole ? 'h1' : 'p'
  return (
    <div class="empty-state">
      {icon}
      <Title class="empty-state__title">{title}</Title>
      {children}
    </div>
  )
}
