import { useId } from 'preact/hooks'

interface ChipChoiceProps<Value> {
  label: string
  choices: readonly (readonly [Value, string])[]
  chosen: Value
  onChoose: (value: Value) => void
}

/** One of a few, all in sight. */
export function ChipChoice<Value>({ label, choices, chosen, onChoose }: ChipChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset class="choice-row">
      <legend class="ds-label">{label}</legend>
      {choices.map(([value, words]) => (
        <label key={words} class="choice-chip">
          <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
