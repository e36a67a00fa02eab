import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useNextStepVariant } from '../../ui/next-step'
import { PatientCard } from '../patients/PatientCard'
import { PatientFinder } from '../patients/PatientFinder'
import { languageOf, NOTHING_SAID, personId } from './draft'
import { LanguageOfMessages } from './LanguageOfMessages'
import type { PatientStepProps } from './PatientStep'
import { relativeFault } from './relative'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

/** The patient of an individual or team visit, or the relative. A new search lets go of the one chosen, and of what was said of them. */
export function OnePerson({ draft, patient, onChange, searchFirst }: PatientStepProps) {
  const [asked, setAsked] = useState<string | null>(null)
  const variant = useNextStepVariant()
  const isRelative = draft.form === 'relative'
  const chosen = personId(draft)
  const choose = (found: Shape<'PatientView'> | null) => {
    const id = found?.patient_id ?? null
    if (id === chosen) return
    onChange({ ...(isRelative ? { relativeId: id } : { patientId: id }), ...NOTHING_SAID })
  }
  const person = patient.data
  const fault = isRelative && person !== null ? relativeFault(person) : null
  return (
    <>
      <PatientFinder
        onPatient={choose}
        asked={asked}
        sought={isRelative ? 'relative' : 'patient'}
        focused={searchFirst}
      />
      {patient.problem !== null && <ErrorCard problem={patient.problem} onRetry={patient.reload} />}
      {person !== null && (
        <PatientCard
          key={person.patient_id}
          patient={person}
          onChanged={patient.replace}
          onNumber={setAsked}
          isRelative={isRelative}
        />
      )}
      {fault !== null && (
        <p class="notice" data-tone="warning" role="alert">
          {t(`booking.relativeFault.${fault}`)}
        </p>
      )}
      {/* With the card above it, not before: the next step does not move under the hand that goes for it. */}
      {person !== null && person.problem === null && (
        <>
          <LanguageOfMessages
            language={languageOf(draft, person.patient_id)}
            onLanguage={(language) =>
              onChange({ languages: { ...draft.languages, [person.patient_id]: language } })
            }
          />
          {fault === null && (
            <WizardActions>
              <Button variant={variant} onClick={() => goTo('tid')}>
                {t('booking.next')}
              </Button>
            </WizardActions>
          )}
        </>
      )}
    </>
  )
}
