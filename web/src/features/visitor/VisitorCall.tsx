import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import type { Permission } from '../../protocol/signalling'
import { Button } from '../../ui/Button'
import { CallFlow } from '../call-window/CallFlow'
import { type CallPeople, NOBODY_KNOWN } from '../call-window/call-people'
import { lostQuery, toGrant } from '../call-window/grant'
import type { CallRating } from '../call-window/Rating'
import type { View } from './use-visit'

export function memoryKeyOf(view: View): string {
  return `visitor.${view.participant_id}`
}

interface VisitorCallProps {
  view: View
  onJoined: () => void
  /** Back to the waiting room. */
  onDone: () => void
}

const fetchGrant = (lostEpoch?: number) =>
  toGrant(answer(api.POST('/visitor/call/join', { params: { query: lostQuery(lostEpoch) } })))
const rate = (call_id: string, rating: CallRating) =>
  answer(api.POST('/visitor/call/rating', { body: { call_id, ...rating } }))

const WITH_A_RELATIVE: CallPeople = { ...NOBODY_KNOWN, visitor: 'relative' }
const VISITORS_MAY: readonly Permission[] = ['chat']

/** The patient's or guest's side of the call: device step, call, rating. */
export function VisitorCall({ view, onJoined, onDone }: VisitorCallProps) {
  return (
    <CallFlow
      fetchGrant={fetchGrant}
      memoryKey={memoryKeyOf(view)}
      deviceActions={
        <Button variant="tertiary" color="neutral" onClick={onDone}>
          {t('visitor.notNow')}
        </Button>
      }
      expects={VISITORS_MAY}
      alone={
        <div class="visitor-alone" role="status">
          <p class="visitor-alone__title">{t('visitor.aloneTitle', { name: view.clinician_name })}</p>
          <p>{t('visitor.aloneText')}</p>
        </div>
      }
      people={view.form === 'relative' ? WITH_A_RELATIVE : NOBODY_KNOWN}
      goesOn={view.call?.requested === true}
      rate={rate}
      onJoining={onJoined}
      onDone={onDone}
    />
  )
}
