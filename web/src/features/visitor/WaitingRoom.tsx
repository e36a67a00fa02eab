import { Armchair, Check, Clock3, Stethoscope } from 'lucide-preact'
import { t } from '../../i18n'
import { fetchedTime } from '../../i18n/time'
import type { VisitChat } from '../../protocol/visit-chat'
import { Button } from '../../ui/Button'
import { ChatPanel } from '../../ui/chat/ChatPanel'
import { FocusedHeading } from './FocusedHeading'
import { MovedNotice } from './MovedNotice'
import { Steps } from './Steps'
import type { View } from './use-visit'
import { VisitHeading } from './VisitHeading'
import { wordsOf } from './words'
import './waiting-room.css'

export interface WaitingRoomProps {
  view: View
  chat: VisitChat
  /** The live connection is lost just now. */
  lost: boolean
  /** What happened last, if it is not seen from the status. */
  note: string | null
  onAnswer: () => void
  onAbout: () => void
  onLeave: () => void
}

/** Honest status, what happens next, and that one may wait with the screen off (S7). */
export function WaitingRoom({ view, chat, lost, note, onAnswer, onAbout, onLeave }: WaitingRoomProps) {
  const called = view.call?.requested === true
  const context = wordsOf(view)
  return (
    <div class="visitor-step waiting-room">
      <VisitHeading view={view} />
      <Steps view={view} current={3} compact />
      <FocusedHeading>{t('visitor.waitTitle')}</FocusedHeading>
      <MovedNotice view={view} waiting />
      <div class="waiting-room__live" role="status">
        <Status view={view} />
        {note !== null && <p>{note}</p>}
        {lost && <p class="waiting-room__lost">{t('visitor.waitReconnecting')}</p>}
      </div>
      {called ? (
        <div class="waiting-room__call">
          <p>{t('visitor.callWaits', { name: view.clinician_name })}</p>
          <Button onClick={onAnswer}>{t('visitor.answer')}</Button>
        </div>
      ) : (
        <p>{t('visitor.waitNext', { name: view.clinician_name })}</p>
      )}
      <p class="waiting-room__asleep">{t('visitor.waitAsleep')}</p>
      {view.may_chat && (
        <section class="waiting-room__chat" aria-labelledby="visitor-chat">
          <h2 id="visitor-chat">{t('visitor.chatTitle', { context })}</h2>
          <p>{t('visitor.chatText', { context, name: view.display_name })}</p>
          <ChatPanel
            chat={chat}
            me={view.participant_id}
            mayWrite
            writeLabel={t('visitor.chatLabel')}
            keptAs={`vardrum.visitor.draft.${view.participant_id}`}
          />
        </section>
      )}
      <div class="waiting-room__other">
        <Button variant="tertiary" onClick={onAbout}>
          {t('visitor.about', { context })}
        </Button>
        <Button variant="tertiary" color="neutral" onClick={onLeave}>
          {t('visitor.leaveWaiting')}
        </Button>
      </div>
    </div>
  )
}

const ICONS = { not_here: Clock3, received: Check, started: Stethoscope }

function Status({ view }: { view: View }) {
  const Icon = ICONS[view.clinician]
  const context = wordsOf(view)
  const text = {
    not_here: t('visitor.waitNotHere', { context, name: view.clinician_name }),
    received: t('visitor.waitReceived', { name: view.clinician_name }),
    started: t('visitor.waitStarted', { context }),
  }[view.clinician]
  return (
    <div class="waiting-status" data-state={view.clinician}>
      <Icon size={28} aria-hidden="true" />
      <div>
        <p class="waiting-status__text">{text}</p>
        <p class="waiting-status__sees">
          <Armchair size={18} aria-hidden="true" /> {t('visitor.waitSees')}
          {view.clinician === 'not_here' &&
            ` ${t('visitor.waitLate', { context, time: fetchedTime(view.starts_at) })}`}
        </p>
      </div>
    </div>
  )
}
