import { useId } from 'preact/hooks'

interface SwitchProps {
  label: string
  help?: string
  on: boolean
  onChange: (on: boolean) => void
  /** Of no use without a keyboard: not shown on touch devices. */
  keyboardOnly?: boolean
}

/** A setting that is on or off, changed at once. */
export function Switch({ label, help, on, onChange, keyboardOnly = false }: SwitchProps) {
  const id = useId()
  return (
    <div class="ds-field switch" data-keyboard-only={keyboardOnly || undefined}>
      <input
        id={id}
        class="ds-input"
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {help !== undefined && (
        <p id={`${id}-help`} class="switch__help">
          {help}
        </p>
      )}
    </div>
  )
}
