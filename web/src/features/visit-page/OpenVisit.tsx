import type { Shape } from '../../protocol/api'
import type { Resource } from '../../protocol/use-resource'
import { ErrorCard } from '../../ui/ErrorCard'
import { EditParticipants } from '../participants/EditParticipants'
import { CallStarter } from './CallStarter'
import { EndVisit } from './EndVisit'
import { GroupPanel } from './GroupPanel'
import { NotesPanel } from './NotesPanel'
import { ParticipantList } from './ParticipantList'
import { PatientPanel } from './PatientPanel'
import { TalkPanel } from './TalkPanel'
import { useNote } from './use-note'
import { useOpenVisit } from './use-open-visit'
import { useReadAtStart } from './use-read-at-start'
import { VisitHeader } from './VisitHeader'

interface OpenVisitProps {
  visit: Shape<'VisitView'>
  resource: Resource<Shape<'VisitView'>>
  onEnded: () => void
}

/** The visit page with its data: left who, middle talk, right write; live. */
export function OpenVisit({ visit, resource, onEnded }: OpenVisitProps) {
  const note = useNote(visit.visit_id)
  const { chat, call, changed } = useOpenVisit(visit, resource, {
    onEnded,
    onNews: ({ type }) => {
      if (type === 'watching' || type === 'note.changed') note.changedElsewhere()
    },
    onOpen: note.connectionBack,
  })
  useReadAtStart(visit.starts_at, resource.reload)

  const edit = <EditParticipants visit={visit} onChanged={changed} onRemoved={resource.reload} />
  return (
    <div class="visit">
      <VisitHeader visit={visit} onChanged={changed} />
      {resource.problem !== null && <ErrorCard problem={resource.problem} onRetry={resource.reload} />}
      <section class="visit__who visit__column">
        <div class="visit__people">
          {visit.form === 'group' ? (
            <>
              <GroupPanel visit={visit}>{edit}</GroupPanel>
              <ParticipantList visit={visit} />
            </>
          ) : (
            <>
              <PatientPanel visit={visit} onChanged={changed} />
              <ParticipantList visit={visit}>{edit}</ParticipantList>
            </>
          )}
        </div>
        <CallStarter visit={visit} call={call} />
      </section>
      <TalkPanel visit={visit} chat={chat} call={call} />
      <section class="visit__write visit__column">
        <NotesPanel note={note} mayWrite={visit.actions.includes('note')} />
        <EndVisit visit={visit} noteText={note.keeper.snapshot.text} onChanged={changed} />
      </section>
    </div>
  )
}
