import type { ComponentChildren, JSX } from 'preact'
import { forwardRef } from 'preact/compat'
import { useId } from 'preact/hooks'
import './field.css'

interface FieldProps extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'onInput' | 'value'> {
  label: string
  /** Said beside the label when the field may be left empty. */
  optional?: string
  description?: string
  /** What is wrong with the value, in words. */
  error?: string | null
  value: string
  onValue: (value: string) => void
  /** Stands beside the input: the button of a search. */
  beside?: ComponentChildren
}

/** A labelled text field with its description and error tied to it. */
export const Field = forwardRef<HTMLInputElement, FieldProps>(function Field(
  { label, optional, description, error = null, value, onValue, beside, ...input },
  ref,
) {
  const id = useId()
  return (
    <div class={`ds-field field ${input.class ?? ''}`}>
      <label for={id} class="ds-label">
        {label}
        {optional !== undefined && <span class="field__optional"> ({optional})</span>}
      </label>
      {description !== undefined && (
        <p id={`${id}-description`} data-field="description" class="field__description">
          {description}
        </p>
      )}
      <div class="field__row">
        <input
          {...input}
          ref={ref}
          id={id}
          class="ds-input"
          value={value}
          aria-invalid={error !== null || undefined}
          aria-describedby={describedBy(id, description !== undefined, error !== null)}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        {beside}
      </div>
      {error !== null && (
        <p id={`${id}-error`} class="ds-validation-message field__error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
})

function describedBy(id: string, described: boolean, wrong: boolean): string | undefined {
  const parts = [wrong && `${id}-error`, described && `${id}-description`].filter(Boolean)
  return parts.length > 0 ? parts.join(' ') : undefined
}
