import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import './dialog.css'

interface DialogProps {
  title: string
  onClose: () => void
  children: ComponentChildren
  /** The choices, the safe one first: it gets the focus. */
  actions?: ComponentChildren
}

/** A modal question or overview. Escape closes it; focus stays in it and returns to where it was. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const opener = document.activeElement
    const dialog = ref.current
    dialog?.showModal()
    return () => {
      // While it is open all else is inert and takes no focus.
      dialog?.close()
      if (opener instanceof HTMLElement) opener.focus()
      requestAnimationFrame(focusPageIfLost)
    }
  }, [])

  return (
    <dialog
      ref={ref}
      class="ds-dialog dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
      {actions !== undefined && <div class="dialog__actions">{actions}</div>}
    </dialog>
  )
}

/** What the dialog did may have taken its opener away: then the keyboard goes on from the page's content, not from its top. */
function focusPageIfLost(): void {
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('main[tabindex]')?.focus()
}
