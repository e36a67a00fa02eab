import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n'

interface SidePanelProps {
  title: string
  onClose: () => void
  children: ComponentChildren
}

/** Beside the people on a computer, over them on a phone. Escape closes it; focus returns to where it was. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  // Before what stands in the panel takes the focus in its own effects.
  useLayoutEffect(() => {
    const opener = document.activeElement
    heading.current?.focus()
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])

  return (
    <aside
      class="side-panel"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header class="side-panel__top">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="icon-button" onClick={onClose} aria-label={t('call.room.close')}>
          <X size={22} aria-hidden="true" />
        </button>
      </header>
      {children}
    </aside>
  )
}
