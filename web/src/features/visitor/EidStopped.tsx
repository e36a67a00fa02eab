import { t } from '../../i18n'
import type { ApiProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { problemText } from '../../ui/problem-text'
import type { EidState } from './eid-flow'
import type { EidProvider } from './eid-provider'
import { eidText } from './eid-text'
import { FocusedHeading } from './FocusedHeading'

type Stopped = Extract<EidState, { phase: 'failed' | 'wrong_person' | 'unavailable' }>

/** BankID does not say how it refuses another person than the link's: one of these, so each says who may (G6). */
const MAY_BE_ANOTHER: ReadonlySet<string> = new Set(['RFA3', 'RFA16', 'RFA22'])

interface EidStoppedProps {
  state: Stopped
  provider: EidProvider
  /** There is another e-ID to try. */
  hasOther: boolean
  onRetry: () => void
  onCancel: () => void
}

/** Why it did not succeed, and the way on. */
export function EidStopped({ state, provider, hasOther, onRetry, onCancel }: EidStoppedProps) {
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
      {state.phase === 'failed' && <p>{eidText(state.textId)}</p>}
      {state.phase === 'failed' && MAY_BE_ANOTHER.has(state.textId) && <p>{t('eid.onlyInvited')}</p>}
      {state.phase === 'unavailable' && <p>{unavailableText(state.problem, provider)}</p>}
      <Button onClick={onRetry}>{t('eid.retry')}</Button>
      <Button variant="tertiary" color="neutral" onClick={onCancel}>
        {t(hasOther ? 'eid.otherEid' : 'eid.cancel')}
      </Button>
    </div>
  )
}

/** The provider's own words for what only it can mean; ours for the rest. */
function unavailableText(problem: ApiProblem, provider: EidProvider): string {
  switch (problem.code) {
    case 'eid_already_in_progress':
      return t(provider === 'freja' ? 'eid.frejaBusy' : 'eid.RFA4')
    case 'eid_unavailable':
      return t(provider === 'freja' ? 'eid.frejaUnavailable' : 'eid.RFA5')
    default:
      return problemText(problem)
  }
}
