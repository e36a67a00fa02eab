import { Video } from 'lucide-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { BlockedCall } from './BlockedCall'
import type { CallWindow } from './use-call-window'

interface CallStarterProps {
  visit: Shape<'VisitView'>
  call: CallWindow
}

/** Starta videomöte, and how the call stands (S4). Before the visit has started it says what comes first. */
export function CallStarter({ visit, call }: CallStarterProps) {
  const running = visit.call !== null && visit.call.connected > 0
  if (!visit.actions.includes('start_call')) {
    const comes = ['bokat', 'mottaget'].includes(visit.status)
    return comes ? <p class="call-starter__later">{t('visitPage.videoAfterStart')}</p> : null
  }
  return (
    <div class="call-starter">
      {running && (
        <p class="call-starter__running" role="status">
          {t('visitPage.callRunning', { count: visit.call?.connected ?? 0 })}
        </p>
      )}
      <Button icon={<Video size={20} aria-hidden="true" />} onClick={call.open}>
        {t(running ? 'visitPage.openCall' : 'visitPage.startCall')}
      </Button>
      <BlockedCall call={call} />
    </div>
  )
}
