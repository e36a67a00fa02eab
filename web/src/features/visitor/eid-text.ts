import { t } from '../../i18n'
import { eid } from '../../i18n/sv/eid'
import type { EidMethod } from './eid-flow'

/** The server words what it cannot know, where the app was started, for the QR code. */
const ON_SAME_DEVICE: Readonly<Record<string, string>> = { RFA1: 'RFA13', RFA14: 'RFA15', RFA17B: 'RFA17A' }

type TextId = Extract<keyof typeof eid, `RFA${string}`>

/** BankID's recommended text in the user's language; RFA22 (unknown) for an id without words. */
export function eidText(textId: string, method: EidMethod): string {
  const id = method === 'same_device' ? (ON_SAME_DEVICE[textId] ?? textId) : textId
  return t(`eid.${isTextId(id) ? id : 'RFA22'}`)
}

function isTextId(id: string): id is TextId {
  return id.startsWith('RFA') && Object.hasOwn(eid, id)
}
