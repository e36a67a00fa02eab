import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { fetchedTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { obstacleOf } from '../relations/choice'
import { guardianName } from '../relations/guardian-name'
import { ObstacleNotice } from '../relations/ObstacleNotice'
import { Protection } from './Protection'

/** What the population register says; only to be read (P3). */
export function RegisterFacts({ person }: { person: Shape<'RegisterView'> }) {
  return (
    <>
      <Protection person={person} />
      <dl class="facts">
        <div>
          <dt>{t('patients.name')}</dt>
          <dd class="facts__name">{`${person.given_name} ${person.family_name}`}</dd>
        </div>
        <div>
          <dt>{t('patients.number')}</dt>
          <dd class="numbers">
            {person.number_masked} · {ageWords(person.age)}
          </dd>
        </div>
        {person.guardians.length > 0 && (
          <div>
            <dt>{t('relations.guardians')}</dt>
            <dd>
              <ul class="facts__people">
                {person.guardians.map((guardian) => (
                  <li key={guardian.guardian_id}>
                    {guardian.protected && <ProtectedBadge />}
                    {guardianName(guardian)}
                    {guardian.deceased && <span class="chip">{t('relations.deceased')}</span>}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
      {person.kind === 'child' && <ObstacleNotice obstacle={obstacleOf(person)} />}
      <p class="facts__source">{t('patients.fromRegister', { time: fetchedTime(person.fetched_at) })}</p>
    </>
  )
}
