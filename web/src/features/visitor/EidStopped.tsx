import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import type { EidMethod, EidState } from './eid-flow'
import { eidText } from './eid-text'
import { FocusedHeading } from './FocusedHeading'

type Stopped = Extract<EidState, { phase: 'failed' | 'wrong_person' | 'unavailable' }>

/** BankID's text when it refuses a BankID, also that of another person than the link's (G6). */
const REFUSED = 'RFA16'

interface EidStoppedProps {
  state: Stopped
  method: EidMethod
  onRetry: () => void
  onCancel: () => void
}

/** Why it did not succeed, and the way on. */
export function EidStopped({ state, method, onRetry, onCancel }: EidStoppedProps) {
  return (
    <div class="eid" role="alert">
      <FocusedHeading>
        {t(state.phase === 'wrong_person' ? 'eid.wrongPersonTitle' : 'eid.failedTitle')}
      </FocusedHeading>
      {state.phase === 'wrong_person' && (
        <>
          <p>{t('eid.wrongPerson')}</p>
          <p>{t('eid.wrongPersonDo')}</p>
        </>
      )}
      {state.phase === 'failed' && <p>{eidText(state.textId, method)}</p>}
      {state.phase === 'failed' && state.textId === REFUSED && <p>{t('eid.onlyInvited')}</p>}
      {state.phase === 'unavailable' && <p>{t('eid.unavailable')}</p>}
      <Button onClick={onRetry}>{t('eid.retry')}</Button>
      <Button variant="tertiary" color="neutral" onClick={onCancel}>
        {t('eid.cancel')}
      </Button>
    </div>
  )
}
