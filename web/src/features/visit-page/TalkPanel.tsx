import { Video } from 'lucide-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import type { VisitChat } from '../../protocol/visit-chat'
import { ChatPanel } from '../../ui/chat/ChatPanel'
import type { CallWindow } from './use-call-window'

interface TalkPanelProps {
  visit: Shape<'VisitView'>
  chat: VisitChat
  call: CallWindow
}

/** The visit chat, the camera button above it, and for a colleague the way into the running call (G4, S2, S4). */
export function TalkPanel({ visit, chat, call }: TalkPanelProps) {
  const mayCall = visit.actions.includes('start_call')
  const myself = visit.participants.find((person) => person.participant_id === visit.me.participant_id)
  const outside = myself?.presence.state !== 'in_call'
  const invited = visit.actions.includes('join_call') && outside && (visit.call?.staff_connected ?? 0) > 0
  return (
    <section class="visit__talk visit__column panel" aria-labelledby="talk-title">
      <div class="talk__head">
        <h2 id="talk-title">{t('chat.title')}</h2>
        {mayCall && (
          <button type="button" class="icon-button" onClick={call.open}>
            <Video size={20} aria-hidden="true" />
            <span class="ds-sr-only">{t('visitPage.openCall')}</span>
          </button>
        )}
      </div>
      {invited && (
        <button type="button" class="talk__join" onClick={call.open}>
          {visit.join_button_text}
        </button>
      )}
      <ChatPanel
        chat={chat}
        me={visit.me.participant_id}
        mayWrite={visit.actions.includes('chat')}
        writeLabel={t(writeTo(visit))}
        keptAs={`vardrum.writing.${visit.visit_id}`}
      />
    </section>
  )
}

function writeTo({ form, kind }: Shape<'VisitView'>) {
  if (form === 'group') return 'visitPage.writeToGroup'
  if (form === 'relative') return 'visitPage.writeToRelative'
  return kind === 'child' ? 'visitPage.writeToOmbud' : 'visitPage.writeToPatient'
}
