import { fireEvent, screen } from '@testing-library/preact'

/** Escape in an open dialog, as browsers tell it of one. */
export function pressEscape(): void {
  fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))
}

/** Whether the browser would ask before the page is reloaded or closed. */
export function asksBeforeLeaving(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
}
