import { t } from '../../i18n'
import { eid } from '../../i18n/sv/eid'

type TextId = Extract<keyof typeof eid, Uppercase<string>>

/** The server's text in the user's language; RFA22 (something went wrong) for an id without words. */
export function eidText(textId: string): string {
  return t(`eid.${isTextId(textId) ? textId : 'RFA22'}`)
}

/** Ids are written in capitals, the texts around them are not. */
function isTextId(id: string): id is TextId {
  return id !== '' && id === id.toUpperCase() && Object.hasOwn(eid, id)
}
