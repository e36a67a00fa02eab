import type { Shape } from '../../protocol/api'
import type { LiveMessage } from '../../protocol/live-messages'
import type { Resource } from '../../protocol/use-resource'
import { staffChat } from '../../protocol/visit-chat'
import { useVisitChat } from '../../ui/chat/use-visit-chat'
import { ErrorCard } from '../../ui/ErrorCard'
import { useLive, useWatch } from '../staff-shell/live'
import { CallStarter } from './CallStarter'
import { EndVisit } from './EndVisit'
import { NotesPanel } from './NotesPanel'
import { ParticipantList } from './ParticipantList'
import { PatientPanel } from './PatientPanel'
import { TalkPanel } from './TalkPanel'
import { useCallWindow } from './use-call-window'
import { useNewestVisit } from './use-newest-visit'
import { useNote } from './use-note'
import { VisitHeader } from './VisitHeader'

interface OpenVisitProps {
  visit: Shape<'VisitView'>
  resource: Resource<Shape<'VisitView'>>
}

/** The visit page with its data: left who, middle talk, right write; live. */
export function OpenVisit({ visit, resource }: OpenVisitProps) {
  const id = visit.visit_id
  const chat = useVisitChat(() => staffChat(id), `vardrum.chat.${id}`)
  const note = useNote(id)
  const call = useCallWindow(id)
  const { told, changed } = useNewestVisit(visit, resource)
  useWatch(id)

  const hear = (message: LiveMessage) => {
    if (!('visit_id' in message) || message.visit_id !== id) return
    if (message.type === 'watching' || message.type === 'visit.changed') told(message.version)
    if (message.type === 'delivery.changed') resource.reload()
    if (message.type === 'chat.message') chat.receive(message.message)
    if (message.type === 'watching') void chat.refresh()
    if (message.type === 'watching' || message.type === 'note.changed') note.changedElsewhere()
  }
  useLive(hear, note.connectionBack)

  return (
    <div class="visit">
      <VisitHeader visit={visit} onChanged={changed} />
      {resource.problem !== null && <ErrorCard problem={resource.problem} onRetry={resource.reload} />}
      <section class="visit__who visit__column">
        <div class="visit__people">
          <PatientPanel patient={visit.patient} />
          <ParticipantList visit={visit} />
        </div>
        <CallStarter visit={visit} call={call} />
      </section>
      <TalkPanel visit={visit} chat={chat} call={call} />
      <section class="visit__write visit__column">
        <NotesPanel note={note} mayWrite={visit.actions.includes('note')} />
        <EndVisit visit={visit} onChanged={changed} />
      </section>
    </div>
  )
}
