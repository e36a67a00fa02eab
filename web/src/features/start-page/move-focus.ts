const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** The arrow keys go from row to row, across the page's lists: each row's one button is its stop. */
export function moveFocus(event: KeyboardEvent): void {
  const step = STEPS[event.key]
  if (step === undefined || !(event.target instanceof Element)) return
  const stops = [...document.querySelectorAll<HTMLElement>('[data-row-action]')]
  const next = stops[stops.indexOf(event.target as HTMLElement) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
