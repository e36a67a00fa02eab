import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import './tabs.css'

export interface Tab {
  key: string
  label: string
  content: ComponentChildren
}

/** Tabs as WAI-ARIA describes them: arrows, Home and End move between them, Tab goes into what is shown. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const [chosen, setChosen] = useState(0)
  const id = useId()
  const buttons = useRef<(HTMLButtonElement | null)[]>([])
  const move = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, chosen, tabs.length)
    if (to === null) return
    event.preventDefault()
    setChosen(to)
    buttons.current[to]?.focus()
  }
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} class="tabs__list">
        {tabs.map((tab, place) => (
          <button
            key={tab.key}
            ref={(button) => {
              buttons.current[place] = button
            }}
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            aria-controls={`${id}-panel`}
            aria-selected={place === chosen}
            tabIndex={place === chosen ? 0 : -1}
            onClick={() => setChosen(place)}
            onKeyDown={move}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tabs[chosen]?.key}`}
        class="tabs__panel"
      >
        {tabs[chosen]?.content}
      </div>
    </div>
  )
}

function placeAfter(key: string, from: number, count: number): number | null {
  if (key === 'ArrowRight') return (from + 1) % count
  if (key === 'ArrowLeft') return (from + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
