import { answer, api, type Shape } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'

export type VisitorSettings = Shape<'VisitorSettings'>

/** What goes without saying: BankID, by its own app. Good also when the settings cannot be read. */
const USUAL: VisitorSettings = { eid_providers: ['bankid'], eid_app_url: null, freja_app_url: null }

/** Which e-IDs there are; null until it is known. */
export function useVisitorSettings(): VisitorSettings | null {
  const { data, problem } = useResource('visitor-settings', () => answer(api.GET('/visitor/settings')))
  if (data !== null) return data
  return problem === null ? null : USUAL
}
