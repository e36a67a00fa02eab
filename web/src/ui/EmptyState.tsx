import type { ComponentChildren } from 'preact'
import './states.css'

interface EmptyStateProps {
  icon?: ComponentChildren
  title: string
  children?: ComponentChildren
}

/** Nothing here, in words, with what one can do about it. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div class="empty-state">
      {icon}
      <p class="empty-state__title">{title}</p>
      {children}
    </div>
  )
}
