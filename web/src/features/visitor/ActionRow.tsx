import { ChevronRight } from 'lucide-preact'
import type { ComponentChildren } from 'preact'

interface ActionRowProps {
  icon: ComponentChildren
  title: string
  /** What it leads to, or how it stands now. */
  text?: string
  onOpen?: () => void
  /** A link instead, to a file of this name. */
  href?: string
  download?: string
}

/** One thing that can be done, as wide as the page: the name, and what it leads to. */
export function ActionRow({ icon, title, text, onOpen, href, download }: ActionRowProps) {
  const content = (
    <>
      <span class="action-row__icon">{icon}</span>
      <span class="action-row__words">
        <span class="action-row__title">{title}</span>
        {text !== undefined && <span class="action-row__text">{text}</span>}
      </span>
    </>
  )
  if (href !== undefined)
    return (
      <a class="action-row" href={href} download={download}>
        {content}
      </a>
    )
  return (
    <button type="button" class="action-row" onClick={onOpen}>
      {content}
      <ChevronRight size={22} aria-hidden="true" />
    </button>
  )
}
