import { Pencil } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { phoneWords } from '../../i18n/phone'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ChangeContacts } from './ChangeContacts'

interface PatientContactsProps {
  patient: Shape<'PatientView'>
  isRelative?: boolean
  onChanged: (patient: Shape<'PatientView'>) => void
}

/** How the patient is reached, to be read and changed (P4). */
export function PatientContacts({ patient, isRelative = false, onChanged }: PatientContactsProps) {
  const [changing, setChanging] = useState(false)
  const done = (changed: Shape<'PatientView'>) => {
    setChanging(false)
    onChanged(changed)
  }
  if (changing) {
    return (
      <ChangeContacts
        patient={patient}
        isRelative={isRelative}
        onDone={done}
        onCancel={() => setChanging(false)}
      />
    )
  }
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{t('patients.phone')}</dt>
          <dd class="numbers">{phoneWords(patient.phone) || t('relations.noPhone')}</dd>
        </div>
        <div>
          <dt>{t('patients.email')}</dt>
          <dd>{patient.email ?? t('patients.noEmail')}</dd>
        </div>
      </dl>
      <Button
        class="patient-card__change"
        variant="tertiary"
        icon={<Pencil size={16} aria-hidden="true" />}
        onClick={() => setChanging(true)}
      >
        {t('patients.changeContacts')}
      </Button>
    </>
  )
}
