import { Pencil } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { phoneWords } from '../../i18n/phone'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import type { Child, Guardian } from './choice'
import { GuardianContacts } from './GuardianContacts'
import { guardianName } from './guardian-name'

interface GuardianCardProps {
  child: Child
  guardian: Guardian
  onChanged: (child: Shape<'PatientView'>) => void
}

/** A guardian as the register knows them, with contacts that staff write (P6). Nothing tells who a protected one is. */
export function GuardianCard({ child, guardian, onChanged }: GuardianCardProps) {
  const [changing, setChanging] = useState(false)
  const done = (changed: Shape<'PatientView'>) => {
    setChanging(false)
    onChanged(changed)
  }
  return (
    <li class="guardian">
      {guardian.protected && <ProtectedBadge />}
      <p class="guardian__name">
        {guardianName(guardian)} {guardian.deceased && <span class="chip">{t('relations.deceased')}</span>}
      </p>
      {guardian.number_masked !== '' && <p class="quiet numbers">{guardian.number_masked}</p>}
      {guardian.refusal !== null && <p class="quiet">{t(`relations.refusal.${guardian.refusal}`)}</p>}
      {changing ? (
        <GuardianContacts
          child={child}
          guardian={guardian}
          onDone={done}
          onCancel={() => setChanging(false)}
        />
      ) : (
        !guardian.deceased && <Reached guardian={guardian} onChange={() => setChanging(true)} />
      )}
    </li>
  )
}

function Reached({ guardian, onChange }: { guardian: Guardian; onChange: () => void }) {
  return (
    <>
      <p class="guardian__contacts">
        <span class="numbers">{phoneWords(guardian.phone) || t('relations.noPhone')}</span>
        {guardian.email !== null && <span>{guardian.email}</span>}
      </p>
      <Button
        variant="tertiary"
        icon={<Pencil size={16} aria-hidden="true" />}
        aria-label={t('relations.changeContactsOf', { name: guardianName(guardian) })}
        onClick={onChange}
      >
        {t('relations.changeContacts')}
      </Button>
    </>
  )
}
