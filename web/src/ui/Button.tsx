import type { ComponentChildren, JSX } from 'preact'
import { forwardRef } from 'preact/compat'

interface ButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'size' | 'icon'> {
  /** The view's one next step is `primary`. */
  variant?: 'primary' | 'secondary' | 'tertiary'
  color?: 'accent' | 'neutral' | 'danger'
  /** Under way: says so, keeps its width and takes no second click. */
  busy?: boolean
  icon?: ComponentChildren
  children?: ComponentChildren
}

/** A button of Designsystemet. While `busy` it stays focused and announced, but does nothing. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant = 'primary', color = 'accent', busy = false, icon, children, onClick, ...rest },
  ref,
) {
  return (
    <button
      type="button"
      {...rest}
      ref={ref}
      class={`ds-button ${rest.class ?? ''}`}
      data-variant={variant}
      data-color={color}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest.disabled || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon}
      {children}
    </button>
  )
})
