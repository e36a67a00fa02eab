import type { ComponentChildren } from 'preact'
import { SessionGate } from './session'

/** What every clinic page stands in. */
export function StaffShell({ children }: { children: ComponentChildren }) {
  return <SessionGate>{children}</SessionGate>
}
