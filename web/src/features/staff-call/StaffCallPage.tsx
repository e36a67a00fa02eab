import { useCallback, useMemo, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import type { Permission } from '../../protocol/signalling'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useTitle } from '../../ui/use-title'
import { CallFlow } from '../call-window/CallFlow'
import { lostQuery, toGrant } from '../call-window/grant'
import { SessionGate } from '../staff-shell/session'
import { useKeepAwake } from '../staff-shell/use-keep-awake'
import { useVisitChanges } from './use-visit-changes'
import { visitPeople } from './visit-people'
import { WaitingFor } from './WaitingFor'
import './staff-call.css'

const STAFF_MAY: readonly Permission[] = ['share_screen', 'chat', 'mute_others', 'end_call']
const COLLEAGUES_MAY: readonly Permission[] = ['share_screen', 'chat']

/** The call window of the clinic, in a window of its own (C1). */
export function StaffCallPage({ visitId }: { visitId: string }) {
  useTitle(t('call.staff.title'))
  return (
    <SessionGate>
      <main class="call-page" data-color-scheme="dark" data-size="sm">
        <StaffCall visitId={visitId} />
      </main>
    </SessionGate>
  )
}

function StaffCall({ visitId }: { visitId: string }) {
  const visit = useResource(visitId, () => readVisit(visitId))
  useVisitChanges(visitId, visit.reload)
  useKeepAwake()
  const [done, setDone] = useState(false)
  const fetchGrant = useCallback((lostEpoch?: number) => toGrant(join(visitId, lostEpoch)), [visitId])
  const people = useMemo(() => visit.data && visitPeople(visit.data), [visit.data])

  if (visit.data === null || people === null)
    return visit.problem === null ? null : <ErrorCard problem={visit.problem} onRetry={visit.reload} />
  if (done) return <Done onAgain={() => setDone(false)} />
  return (
    <CallFlow
      fetchGrant={fetchGrant}
      memoryKey={visitId}
      deviceTitle={deviceTitle(visit.data)}
      people={people}
      expects={visit.data.me.role === 'staff' ? STAFF_MAY : COLLEAGUES_MAY}
      alone={<WaitingFor visit={visit.data} />}
      rate={(callId, rating) => rate(visitId, { call_id: callId, ...rating })}
      onDone={() => setDone(true)}
    />
  )
}

function deviceTitle({ form, patient, patients }: Shape<'VisitView'>): string {
  if (form === 'group') return t('call.staff.deviceGroup', { count: patients.length })
  return t('call.staff.deviceHeading', { name: patient.name })
}

function Done({ onAgain }: { onAgain: () => void }) {
  return (
    <div class="call-end">
      <h1>{t('call.staff.doneTitle')}</h1>
      <p>{t('call.staff.doneText')}</p>
      <Button onClick={() => window.close()}>{t('call.staff.closeWindow')}</Button>
      <Button variant="tertiary" color="neutral" onClick={onAgain}>
        {t('call.staff.startAgain')}
      </Button>
    </div>
  )
}

function path(visitId: string) {
  return { params: { path: { visit_id: visitId } } }
}

function readVisit(visitId: string): Promise<Shape<'VisitView'>> {
  return answer(api.GET('/visits/{visit_id}', path(visitId)))
}

function join(visitId: string, lostEpoch?: number): Promise<Shape<'JoinAnswer'>> {
  const params = { ...path(visitId).params, query: lostQuery(lostEpoch) }
  return answer(api.POST('/visits/{visit_id}/call/join', { params }))
}

function rate(visitId: string, body: Shape<'RateCall'>): Promise<unknown> {
  return answer(api.POST('/visits/{visit_id}/call/rating', { ...path(visitId), body }))
}
