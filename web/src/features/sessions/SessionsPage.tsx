import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { clockTime, localDate, shortDay } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { SkeletonLine } from '../../ui/Skeleton'
import { say, sayProblem } from '../../ui/toasts'
import { useTitle } from '../../ui/use-title'
import './sessions.css'

type OwnSession = Shape<'OwnSession'>

/** Mina inloggningar: where one is logged in, and ending it there at once (L1). */
export function SessionsPage() {
  useTitle(t('sessions.title'))
  const { data, problem, reload, replace } = useResource('sessions', () => answer(api.GET('/sessions')))
  const [busy, setBusy] = useState<string | null>(null)
  const here = data?.filter((session) => session.is_current) ?? []
  const others = data?.filter((session) => !session.is_current) ?? []

  /** The list is an index that may lag: what was ended is taken from it here. */
  const end = async (what: string, ended: readonly OwnSession[], call: () => Promise<unknown>) => {
    setBusy(what)
    try {
      await call()
      replace((data ?? []).filter((session) => !ended.includes(session)))
      say(t('sessions.ended', { count: ended.length }))
    } catch (thrown) {
      sayProblem(thrown)
      reload()
    } finally {
      setBusy(null)
    }
  }
  const endOne = (session: OwnSession) => {
    const params = { path: { session_id: session.session_id } }
    return end(session.session_id, [session], () => answer(api.DELETE('/sessions/{session_id}', { params })))
  }

  return (
    <div class="sessions">
      <h1 class="page-title">{t('sessions.title')}</h1>
      <p class="quiet">{t('sessions.text')}</p>
      {problem !== null && <ErrorCard problem={problem} onRetry={reload} />}
      {data === null && problem === null && <Skeleton />}
      <ul class="sessions__list">
        {[...here, ...others].map((session) => (
          <Row
            key={session.session_id}
            session={session}
            busy={busy === session.session_id}
            onEnd={() => endOne(session)}
          />
        ))}
      </ul>
      {data !== null && others.length === 0 && <p>{t('sessions.onlyHere')}</p>}
      {others.length > 1 && (
        <Button
          variant="secondary"
          color="danger"
          busy={busy === 'all'}
          onClick={() => end('all', others, () => answer(api.POST('/sessions/end-others')))}
        >
          {t('sessions.endAll')}
        </Button>
      )}
    </div>
  )
}

function Row({ session, busy, onEnd }: { session: OwnSession; busy: boolean; onEnd: () => void }) {
  const device = deviceName(session)
  return (
    <li class="sessions__row">
      <div>
        <strong>{device}</strong>
        {session.is_current && <span class="sessions__here">{t('sessions.here')}</span>}
        <p class="quiet">
          {t('sessions.times', { started: moment(session.started_at), used: moment(session.used_at) })}
        </p>
        <p class="quiet">{session.unit_name}</p>
      </div>
      {!session.is_current && (
        <Button
          variant="secondary"
          color="neutral"
          busy={busy}
          aria-label={t('sessions.endNamed', { device })}
          onClick={onEnd}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}

function deviceName({ browser, system }: OwnSession): string {
  if (browser !== '' && system !== '') return t('sessions.device', { browser, system })
  return browser || system || t('sessions.unknownDevice')
}

function moment(at: string): string {
  return `${shortDay(localDate(at))} ${clockTime(at)}`
}

function Skeleton() {
  return (
    <div class="sessions__row" aria-hidden="true">
      <div>
        <SkeletonLine width="10rem" />
        <p>
          <SkeletonLine width="18rem" />
        </p>
      </div>
    </div>
  )
}
