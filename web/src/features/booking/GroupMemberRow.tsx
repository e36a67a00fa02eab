import { X } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import type { Shape } from '../../protocol/api'
import { Field } from '../../ui/Field'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { SkeletonLine } from '../../ui/Skeleton'
import { PatientContacts } from '../patients/PatientContacts'
import { useSession } from '../staff-shell/session'
import type { GroupMember, Language } from './draft'
import { type MemberFault, shownName } from './group'

interface GroupMemberRowProps {
  member: GroupMember
  place: number
  /** Null while it is read. */
  patient: Shape<'PatientView'> | null
  fault: MemberFault
  language: Language
  onName: (displayName: string) => void
  onLanguage: (language: Language) => void
  onPatient: (patient: Shape<'PatientView'>) => void
  onRemove: () => void
}

/** One of the group: who it is to staff, what the others see, and what is wrong, where it is put right. */
export function GroupMemberRow({ member, place, patient, fault, ...props }: GroupMemberRowProps) {
  const { child_age_limit: age } = useSession()
  const name = patient === null ? '' : `${patient.given_name} ${patient.family_name}`
  const elsewhere = fault === 'child' || fault === 'register' || fault === 'contact' ? fault : null
  return (
    <li class="group-member" data-fault={fault ?? undefined}>
      <div class="group-member__who">
        {patient === null ? (
          <SkeletonLine width="10rem" />
        ) : (
          <>
            {patient.protected && <ProtectedBadge />}
            <strong>{name}</strong>
            <span class="quiet numbers">{`${patient.number_masked}, ${ageWords(patient.age)}`}</span>
          </>
        )}
      </div>
      <Field
        class="group-member__name"
        label={t('booking.group.displayName')}
        aria-label={t('booking.group.displayNameOf', { name })}
        error={fault === 'sameName' ? t('booking.group.fault.sameName') : null}
        placeholder={shownName({ ...member, displayName: '' }, place)}
        value={member.displayName}
        onValue={props.onName}
        maxLength={40}
        autoComplete="off"
      />
      <LanguageSelect name={name} language={props.language} onLanguage={props.onLanguage} />
      <button type="button" class="remove-button" onClick={props.onRemove}>
        <X size={18} aria-hidden="true" />
        <span class="ds-sr-only">{t('booking.group.remove', { name })}</span>
      </button>
      {elsewhere !== null && (
        <div class="group-member__fault">
          <p class="ds-validation-message" role="alert">
            {t(`booking.group.fault.${elsewhere}`, { age })}
          </p>
          {elsewhere === 'contact' && patient !== null && (
            <PatientContacts patient={patient} onChanged={props.onPatient} />
          )}
        </div>
      )}
    </li>
  )
}

function LanguageSelect({
  name,
  language,
  onLanguage,
}: Pick<GroupMemberRowProps, 'language' | 'onLanguage'> & { name: string }) {
  const id = useId()
  return (
    <div class="ds-field field group-member__language">
      <label for={id} class="ds-label">
        {t('booking.languageShort')}
      </label>
      <select
        id={id}
        class="ds-input"
        aria-label={t('booking.languageOf', { name })}
        value={language}
        onChange={(event) => onLanguage(event.currentTarget.value === 'en' ? 'en' : 'sv')}
      >
        <option value="sv">{t('booking.languages.sv')}</option>
        <option value="en">{t('booking.languages.en')}</option>
      </select>
    </div>
  )
}
