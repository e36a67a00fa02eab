import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { GroupMember } from './draft'
import { shownName } from './group'

interface GroupFactProps {
  members: readonly GroupMember[]
  patients: ReadonlyMap<string, Shape<'PatientView'>>
}

/** The group in the summary: how many, and each by name and by what the others see. */
export function GroupFact({ members, patients }: GroupFactProps) {
  return (
    <>
      <span class="summary__name">{t('booking.patientCount', { count: members.length })}</span>
      <ol class="summary__group">
        {members.map((member, place) => {
          const patient = patients.get(member.patientId)
          return (
            <li key={member.patientId}>
              {patient !== undefined && `${patient.given_name} ${patient.family_name} · `}
              <span class="quiet">{shownName(member, place)}</span>
            </li>
          )
        })}
      </ol>
    </>
  )
}
