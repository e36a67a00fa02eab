import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n'
import { asProblem } from '../protocol/problem'
import { problemText } from './problem-text'
import './toasts.css'

type Tone = 'quiet' | 'danger'

interface Toast {
  id: number
  text: string
  tone: Tone
}

const SHOWN_MS = 6_000
const MOST_AT_ONCE = 3

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

/** Says something for a moment; screen readers hear it too. */
export function say(text: string, tone: Tone = 'quiet'): void {
  const toast = { id: nextId++, text, tone }
  change([...toasts, toast].slice(-MOST_AT_ONCE))
  setTimeout(() => change(toasts.filter((other) => other.id !== toast.id)), SHOWN_MS)
}

/** Says in words why a call failed. Rethrows what is no ApiProblem. */
export function sayProblem(thrown: unknown): void {
  say(problemText(asProblem(thrown)), 'danger')
}

/** Copies a text and says that it is done. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(t('common.copied'))
  } catch {
    say(t('common.copyFailed'), 'danger')
  }
}

/** Where the toasts show; once in each page. */
export function Toasts() {
  const [shown, setShown] = useState(toasts)
  useEffect(() => {
    const update = () => setShown(toasts)
    listeners.add(update)
    return () => {
      listeners.delete(update)
    }
  }, [])

  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <p key={toast.id} class="toast" data-tone={toast.tone}>
          {toast.text}
        </p>
      ))}
    </div>
  )
}

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}
