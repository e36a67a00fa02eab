import { useEffect, useRef } from 'preact/hooks'

const REMEMBERED_AS = 'vardrum.shortcuts'

/** Whether single keys act at all; some people's speech input types them by mistake (WCAG 2.1.4). */
export function shortcutsOn(): boolean {
  return localStorage.getItem(REMEMBERED_AS) !== 'off'
}

export function turnShortcuts(on: boolean): void {
  localStorage.setItem(REMEMBERED_AS, on ? 'on' : 'off')
}

/** Single keys that act anywhere but in a text field, a dialog or together with Ctrl, Alt or Meta. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const action = latest.current[event.key]
      if (action === undefined || !shortcutsOn() || isMeantElsewhere(event)) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}

function isMeantElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return true
  const target = event.target
  return (
    target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]') !== null
  )
}
