import { changeLanguage, currentLanguage, LANGUAGES, type Language, t } from '../i18n'
import './language-choice.css'

const NAMES: Record<Language, string> = { sv: 'Svenska', en: 'English' }

/** The languages by their own names; the choice is remembered on this device. */
export function LanguageChoice() {
  const chosen = currentLanguage()
  return (
    <fieldset class="language-choice" aria-label={t('common.language')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === chosen}
          onClick={() => void changeLanguage(language)}
        >
          {NAMES[language]}
        </button>
      ))}
    </fieldset>
  )
}

/** One button that leads to the other language, by its own name: for a header. */
export function OtherLanguage() {
  const other = LANGUAGES.find((language) => language !== currentLanguage()) ?? 'sv'
  return (
    <button type="button" class="other-language" lang={other} onClick={() => void changeLanguage(other)}>
      {NAMES[other]}
    </button>
  )
}
