import { t } from '../../i18n'
import { ChipChoice } from './ChipChoice'
import type { Language } from './draft'

interface LanguageOfMessagesProps {
  language: Language
  onLanguage: (language: Language) => void
}

/** Which language the person's messages are written in. */
export function LanguageOfMessages({ language, onLanguage }: LanguageOfMessagesProps) {
  return (
    <ChipChoice<Language>
      label={t('booking.language')}
      choices={[
        ['sv', t('booking.languages.sv')],
        ['en', t('booking.languages.en')],
      ]}
      chosen={language}
      onChoose={onLanguage}
    />
  )
}
