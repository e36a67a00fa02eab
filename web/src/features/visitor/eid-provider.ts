import type { Shape } from '../../protocol/api'

export type EidProvider = Shape<'EidView'>['provider']

/** Also what stands after `#` when the provider's app has opened our page again. */
export function isEidProvider(text: string | null): text is EidProvider {
  return text === 'bankid' || text === 'freja'
}
