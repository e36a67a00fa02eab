import { useEffect, useRef } from 'preact/hooks'
import { type Language, showLanguage, useLanguage } from '../../i18n'
import { isLanguageChosen } from '../../i18n/languages'
import { answer, api } from '../../protocol/api'
import type { Visit } from './use-visit'

/**
 * The server keeps the language for later messages. Where none has been chosen on this device, the page takes the one that
 * the messages were in; a choice made before one has identified oneself is told afterwards.
 */
export function useVisitorLanguage(visit: Visit): void {
  const shown = useLanguage()
  const open = visit.state === 'open' ? visit.view : null
  const kept = open?.language ?? null
  const admitted = open?.stage === 'admitted'
  const told = useRef<Language | null>(null)
  useEffect(() => {
    const known = told.current ?? kept
    if (known === null || known === shown) return
    if (!isLanguageChosen()) void showLanguage(known)
    else if (admitted) {
      told.current = shown
      // The page is in the chosen language all the same; it is told again when the page is opened next.
      answer(api.PUT('/visitor/language', { body: { language: shown } })).catch(() => undefined)
    }
  }, [kept, shown, admitted])
}
