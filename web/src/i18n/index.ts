import i18next from 'i18next'
import { useEffect, useState } from 'preact/hooks'
import { type Language, rememberedLanguage, rememberLanguage } from './languages'
import { sv } from './sv'

export { LANGUAGES, type Language } from './languages'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof sv }
    returnNull: false
  }
}

/** The text of a key in the chosen language; keys and their values are typed by the Swedish texts. */
export const t = i18next.t.bind(i18next)

/** Call once before the first view. Swedish is at hand; another remembered language is fetched first. */
export async function startTexts(): Promise<void> {
  await i18next.init({
    lng: 'sv',
    fallbackLng: 'sv',
    resources: { sv: { translation: sv } },
    interpolation: { escapeValue: false },
  })
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  const language = rememberedLanguage()
  if (language !== 'sv') await showLanguage(language)
}

/** Shows a language because the person has chosen it, which this device remembers. */
export async function changeLanguage(language: Language): Promise<void> {
  await fetchTexts(language)
  rememberLanguage(language)
  await i18next.changeLanguage(language)
}

/** Shows a language, for now. */
export async function showLanguage(language: Language): Promise<void> {
  await fetchTexts(language)
  await i18next.changeLanguage(language)
}

async function fetchTexts(language: Language): Promise<void> {
  if (language !== 'en' || i18next.hasResourceBundle('en', 'translation')) return
  const { en } = await import('./en')
  i18next.addResourceBundle('en', 'translation', en)
}

/** The language now. */
export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'sv'
}

/** The language now, in a view: it is drawn again when the language changes. */
export function useLanguage(): Language {
  const [language, setLanguage] = useState(currentLanguage)
  useEffect(() => {
    const changed = () => setLanguage(currentLanguage())
    i18next.on('languageChanged', changed)
    return () => i18next.off('languageChanged', changed)
  }, [])
  return language
}
