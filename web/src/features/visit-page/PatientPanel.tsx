import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { phoneWords } from '../../i18n/phone'
import type { Shape } from '../../protocol/api'
import { MaskedNumber } from '../../ui/MaskedNumber'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { Tabs } from '../../ui/Tabs'
import { RelationsTab } from './RelationsTab'
import { revealNumber } from './reveal-number'

interface PatientPanelProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
}

/** Who the visit is for, and of a child or youth the relations (P6). */
export function PatientPanel({ visit, onChanged }: PatientPanelProps) {
  const { patient } = visit
  return (
    <div class="panel patient-panel">
      {patient.protected && <ProtectedBadge />}
      <h2>
        {patient.name} <span class="quiet">{ageWords(patient.age)}</span>
      </h2>
      <MaskedNumber masked={patient.number_masked} reveal={() => revealNumber(patient.patient_id)} />
      {patient.problem !== null && (
        <p class="notice" data-tone="warning">
          {t(`problems.${patient.problem}`)}
        </p>
      )}
      {visit.kind === 'adult' ? (
        <Contacts patient={patient} />
      ) : (
        <Tabs
          label={t('relations.tabs')}
          tabs={[
            { key: 'details', label: t('relations.details'), content: <Contacts patient={patient} /> },
            {
              key: 'relations',
              label: t('relations.title'),
              content: <RelationsTab visit={visit} onChanged={onChanged} />,
            },
          ]}
        />
      )}
    </div>
  )
}

function Contacts({ patient }: { patient: Shape<'PatientOfVisit'> }) {
  return (
    <dl class="patient-panel__contacts">
      <dt class="ds-sr-only">{t('visitPage.phone')}</dt>
      <dd class="numbers">{phoneWords(patient.phone) || t('relations.noPhone')}</dd>
      {patient.email !== null && (
        <>
          <dt class="ds-sr-only">{t('visitPage.email')}</dt>
          <dd>{patient.email}</dd>
        </>
      )}
    </dl>
  )
}
