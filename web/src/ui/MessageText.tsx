import type { ComponentChildren } from 'preact'
import './message-text.css'

interface MessageTextProps {
  channel: 'sms' | 'email'
  children: ComponentChildren
}

/** A message as its receiver will see it: an SMS as a bubble, an e-mail as a card. */
export function MessageText({ channel, children }: MessageTextProps) {
  return (
    <div class="message-text" data-channel={channel}>
      {children}
    </div>
  )
}
