import { t } from '../../i18n'
import { ageWords } from '../../i18n/age'
import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { ErrorCard } from '../../ui/ErrorCard'
import { ProtectedBadge } from '../../ui/ProtectedBadge'
import { BlockedCall } from './BlockedCall'
import { GroupPanel } from './GroupPanel'
import { ParticipantList } from './ParticipantList'
import { TalkPanel } from './TalkPanel'
import { useOpenVisit } from './use-open-visit'
import { VisitHeader } from './VisitHeader'

interface InvitedVisitProps {
  visit: Shape<'VisitView'>
  resource: Resource<Shape<'VisitView'>>
  onEnded: () => void
}

/** The visit page of a colleague who is a guest of the visit: who, and talk; the way into a running call is there (G4). */
export function InvitedVisit({ visit, resource, onEnded }: InvitedVisitProps) {
  const { chat, call, changed } = useOpenVisit(visit, resource, { onEnded })
  const { patient } = visit
  return (
    <div class="visit visit--invited">
      <VisitHeader visit={visit} onChanged={changed} />
      {resource.problem !== null && <ErrorCard problem={resource.problem} onRetry={resource.reload} />}
      <section class="visit__who visit__column">
        <div class="visit__people">
          {visit.form === 'group' ? (
            <GroupPanel visit={visit} />
          ) : (
            <div class="panel patient-panel">
              {patient.protected && <ProtectedBadge />}
              <h2>
                {patient.name} <span class="quiet">{ageWords(patient.age)}</span>
              </h2>
            </div>
          )}
          <p class="quiet">{t('visitPage.youAreGuest', { name: visit.owner.name })}</p>
          <ParticipantList visit={visit} />
        </div>
        <BlockedCall call={call} />
      </section>
      <TalkPanel visit={visit} chat={chat} call={call} />
    </div>
  )
}
