import { useLocation } from 'wouter-preact'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { ErrorCard } from '../../ui/ErrorCard'
import { useNow } from '../../ui/use-now'
import { useTitle } from '../../ui/use-title'
import { PendingList } from '../pending-bookings/PendingList'
import { usePending } from '../pending-bookings/use-pending'
import { useLive } from '../staff-shell/live'
import { AgendaList } from './AgendaList'
import { AgendaSkeleton } from './AgendaSkeleton'
import { DayPicker } from './DayPicker'
import { EmptyDay } from './EmptyDay'
import { useDay } from './use-day'
import './start-page.css'

/** Startsidan: my visits of one day, who waits first, and those I am a guest of by themselves; live (G4, L2, L3, L5). */
export function StartPage() {
  const now = useNow()
  const { day, today, setDay } = useDay(now)
  const [, navigate] = useLocation()
  const { data, problem, reload } = useResource(`agenda ${day}`, () =>
    answer(api.GET('/agenda', { params: { query: { date: day } } })),
  )
  const pending = usePending()
  const readAgain = () => {
    reload()
    pending.reload()
  }
  useLive((message) => message.type === 'agenda.changed' && readAgain(), readAgain)

  const mine = data?.entries.filter((entry) => !entry.invited) ?? []
  const invited = data?.entries.filter((entry) => entry.invited) ?? []
  const waiting = mine.filter((entry) => entry.waiting.length > 0)
  const others = mine.filter((entry) => entry.waiting.length === 0)
  useTitle(
    waiting.length > 0 ? t('startPage.titleWaiting', { number: waiting.length }) : t('startPage.title'),
  )

  return (
    <div class="start-page">
      <DayPicker day={day} today={today} onDay={setDay} />
      <p class="ds-sr-only" role="status">
        {waiting.length > 0 && t('startPage.someoneWaits', { count: waiting.length })}
      </p>
      {problem !== null && <ErrorCard problem={problem} onRetry={readAgain} />}
      {data === null && problem === null && <AgendaSkeleton />}
      {waiting.length > 0 && (
        <AgendaList
          title={t('startPage.waitingNow')}
          entries={waiting}
          now={now}
          onOpen={navigate}
          urgent={true}
        />
      )}
      {problem === null && pending.problem !== null && (
        <ErrorCard problem={pending.problem} onRetry={pending.reload} />
      )}
      {pending.data !== null && <PendingList bookings={pending.data.bookings} />}
      {others.length > 0 && (
        <AgendaList title={t('startPage.visits')} entries={others} now={now} onOpen={navigate} />
      )}
      {invited.length > 0 && (
        <AgendaList title={t('startPage.invited')} entries={invited} now={now} onOpen={navigate} />
      )}
      {data?.entries.length === 0 && <EmptyDay day={day} nextVisitAt={data.next_visit_at} onDay={setDay} />}
    </div>
  )
}
