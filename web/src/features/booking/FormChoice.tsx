import { Stethoscope, User, UserRound, Users } from 'lucide-preact'
import { t } from '../../i18n'
import { FORMS, type Form } from './form'

const ICONS = { individual: User, team: Stethoscope, group: Users, relative: UserRound } as const

interface FormChoiceProps {
  form: Form
  onForm: (form: Form) => void
}

/** What kind of visit it is (B1): first of all, since it decides whom the booking asks for. */
export function FormChoice({ form, onForm }: FormChoiceProps) {
  return (
    <fieldset class="form-choice">
      <legend class="ds-label">{t('booking.kind')}</legend>
      {FORMS.map((choice) => {
        const Icon = ICONS[choice]
        return (
          <label key={choice} class="form-card">
            <input
              type="radio"
              name="form"
              aria-labelledby={`form-${choice}`}
              aria-describedby={`form-${choice}-help`}
              checked={choice === form}
              onChange={() => onForm(choice)}
            />
            <span class="form-card__face">
              <Icon size={22} aria-hidden="true" />
              <span id={`form-${choice}`} class="form-card__name">
                {t(`form.${choice}`)}
              </span>
              <span id={`form-${choice}-help`} class="form-card__help">
                {t(`booking.formHelp.${choice}`)}
              </span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
