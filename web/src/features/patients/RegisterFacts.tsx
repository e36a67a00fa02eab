import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import { clockTime } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { ProtectedBadge } from '../../ui/ProtectedBadge'

/** What the population register says; only to be read (P3). */
export function RegisterFacts({ person }: { person: Shape<'RegisterView'> }) {
  return (
    <>
      {person.protected && <ProtectedBadge />}
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
      </dl>
      <p class="facts__source">{t('patients.fromRegister', { time: clockTime(person.fetched_at) })}</p>
    </>
  )
}
