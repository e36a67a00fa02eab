import { Video } from 'lucide-preact'
import type { LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'

/** **Anslut till videosamtal**, and what the others will not see or hear. */
export function JoinButton({ state, onJoin }: { state: LocalMediaState; onJoin: () => void }) {
  const hint = joinHint(state)
  return (
    <>
      <Button class="join-button" icon={<Video size={24} aria-hidden="true" />} onClick={onJoin}>
        {t('call.devices.join')}
      </Button>
      <p class="join-hint" role="status">
        {hint !== null && t(`call.devices.${hint}`)}
      </p>
    </>
  )
}

function joinHint({ camera, microphone }: LocalMediaState) {
  if (camera.opening || microphone.opening) return null
  if (!camera.on && !microphone.on) return 'joinHintNone'
  if (!camera.on) return 'joinHintNoCamera'
  return microphone.on ? null : 'joinHintNoMicrophone'
}
