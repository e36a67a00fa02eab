import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../../ui/Button'

interface AgainProps {
  onAgain: () => Promise<void>
  children: ComponentChildren
}

/** The way back from a page that was closed; it may lead to the same page again. */
export function Again({ onAgain, children }: AgainProps) {
  const [busy, setBusy] = useState(false)
  const again = () => {
    setBusy(true)
    void onAgain().finally(() => setBusy(false))
  }
  return (
    <Button busy={busy} onClick={again}>
      {children}
    </Button>
  )
}
