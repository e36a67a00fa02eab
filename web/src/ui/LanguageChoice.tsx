import { changeLanguage, LANGUAGES, type Language, t, useLanguage } from '../i18n'
import './language-choice.css'

const NAMES: Record<Language, string> = { sv: 'Svenska', en: 'English' }

/** The languages by their own names; the choice is remembered on this device. */
export function LanguageChoice() {
  const chosen = useLanguage()
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
