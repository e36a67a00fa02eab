import type { ComponentChildren } from 'preact'
import { LanguageChoice } from '../../ui/LanguageChoice'
import { Logo } from '../../ui/Logo'
import './visitor.css'

interface VisitorFrameProps {
  /** Whose page it is; unknown until the link has been opened. */
  orgName?: string | undefined
  children: ComponentChildren
}

/** What every visitor page stands in: the sender, the language, one column. */
export function VisitorFrame({ orgName, children }: VisitorFrameProps) {
  return (
    <div class="visitor" data-size="md">
      <header class="visitor__top">
        <Logo />
        <span class="visitor__org">{orgName ?? 'Vårdrum'}</span>
        <LanguageChoice />
      </header>
      <main class="visitor__main">{children}</main>
    </div>
  )
}
