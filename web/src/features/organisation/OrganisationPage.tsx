import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { ErrorCard } from '../../ui/ErrorCard'
import { SkeletonLine } from '../../ui/Skeleton'
import { useTitle } from '../../ui/use-title'
import './organisation.css'

/** The units and the staff with their roles, to read: for those who run the service. No patient is in it. */
export function OrganisationPage() {
  useTitle(t('organisation.title'))
  const { data, problem, reload } = useResource('organisation', () => answer(api.GET('/organisation')))
  return (
    <div class="organisation">
      <h1 class="page-title">{data?.name ?? t('organisation.title')}</h1>
      {problem !== null && <ErrorCard problem={problem} onRetry={reload} />}
      {data === null && problem === null && <SkeletonLine width="20rem" />}
      {data !== null && <Units units={data.units} />}
      {data !== null && <Staff staff={data.staff} />}
    </div>
  )
}

function Units({ units }: { units: Shape<'UnitView'>[] }) {
  return (
    <section aria-labelledby="units">
      <h2 id="units">{t('organisation.units', { count: units.length })}</h2>
      <ul class="organisation__units">
        {units.map((unit) => (
          <li key={unit.unit_id}>
            {unit.name} <span class="quiet">{unit.unit_id}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Staff({ staff }: { staff: Shape<'MemberView'>[] }) {
  return (
    <section aria-labelledby="staff">
      <h2 id="staff">{t('organisation.staff', { count: staff.length })}</h2>
      <table class="organisation__staff">
        <thead>
          <tr>
            <th scope="col">{t('organisation.name')}</th>
            <th scope="col">{t('organisation.job')}</th>
            <th scope="col">{t('organisation.unit')}</th>
            <th scope="col">{t('organisation.roles')}</th>
          </tr>
        </thead>
        <tbody>
          {staff.map((member) => (
            <tr key={member.hsa_id}>
              <th scope="row">
                {member.name} <span class="quiet">{member.hsa_id}</span>
              </th>
              <td data-label={t('organisation.job')}>{member.title}</td>
              <td data-label={t('organisation.unit')}>{member.unit_name}</td>
              <td data-label={t('organisation.roles')}>
                {member.roles.map((role) => t(`organisation.role.${role}`)).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
