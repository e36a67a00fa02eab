import type { sv } from '../../i18n/sv'

export type Reason = keyof typeof sv.texts.reason
export type Audience = keyof typeof sv.texts.audience
export type Channel = keyof typeof sv.texts.channels
export type Language = keyof typeof sv.texts.languages

/** What is told, to whom, how, and in which language. */
export interface TextKey {
  reason: Reason
  audience: Audience
  channel: Channel
  language: Language
}

/** Reads `moved.patient.sms.sv`, the key that a text is kept under. */
export function readKey(key: string): TextKey {
  const [reason, audience, channel, language] = key.split('.')
  return { reason, audience, channel, language } as TextKey
}
