import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'

const ONE_BY_ONE = 2

/** Whom the clinician waits for, and whether they have been called (C3). */
export function WaitingFor({ visit }: { visit: Shape<'VisitView'> }) {
  const awaited = visit.participants.filter(({ role }) => role !== 'staff')
  return (
    <div class="waiting-for" role="status">
      {awaited.length > ONE_BY_ONE ? <Many people={awaited} /> : <Few people={awaited} />}
    </div>
  )
}

interface People {
  people: Shape<'ParticipantView'>[]
}

function Few({ people }: People) {
  return people.map(({ participant_id, name, presence }) => (
    <div key={participant_id}>
      <p class="waiting-for__who">{t('call.staff.waitingFor', { name })}</p>
      <p>{t(presence.state === 'waiting' ? 'call.staff.requestSent' : 'call.staff.notThere')}</p>
    </div>
  ))
}

/** Who can come in now, and who is missing. */
function Many({ people }: People) {
  const here = people.filter(({ presence }) => presence.state === 'waiting')
  return (
    <>
      <p class="waiting-for__who">
        {t('call.staff.waitingForMany', { here: here.length, count: people.length })}
      </p>
      <Names title={t('call.staff.inRoom')} people={here} />
      <Names title={t('call.staff.notInRoom')} people={people.filter((each) => !here.includes(each))} />
    </>
  )
}

function Names({ title, people }: People & { title: string }) {
  if (people.length === 0) return null
  return (
    <section class="waiting-for__group">
      <h2>{title}</h2>
      <ul>
        {people.map(({ participant_id, name }) => (
          <li key={participant_id}>{name}</li>
        ))}
      </ul>
    </section>
  )
}
