export const LANGUAGES = ['sv', 'en'] as const

export type Language = (typeof LANGUAGES)[number]

const REMEMBERED_AS = 'vardrum.language'

/** The language chosen on this device; Swedish until one is. */
export function rememberedLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED_AS)
  return LANGUAGES.find((language) => language === remembered) ?? 'sv'
}

/** Whether anyone has chosen on this device. */
export function isLanguageChosen(): boolean {
  return localStorage.getItem(REMEMBERED_AS) !== null
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(REMEMBERED_AS, language)
}
