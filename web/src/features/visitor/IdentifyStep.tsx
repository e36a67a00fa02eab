import { Smartphone } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { useResource } from '../../protocol/use-resource'
import { Button } from '../../ui/Button'
import { platform } from '../call-window/platform'
import { useStore } from '../call-window/use-store'
import { autostartAddress } from './autostart'
import { EidQr } from './EidQr'
import { EidStopped } from './EidStopped'
import { EidFlow, type EidMethod, type EidPort } from './eid-flow'
import { forgetLaunch, rememberLaunch, wasLaunched } from './eid-launch'
import { eidText } from './eid-text'
import { FocusedHeading } from './FocusedHeading'
import './eid.css'

interface IdentifyStepProps {
  /** The page was opened by the app: go on with the order. */
  resume: boolean
  onComplete: () => void
  onCancel: () => void
}

const PORT: EidPort = {
  start: () => answer(api.POST('/visitor/eid')),
  collect: () => answer(api.POST('/visitor/eid/collect')),
  cancel: () => answer(api.DELETE('/visitor/eid', { keepalive: true })),
}

/** BankID: the app on this device is the first choice on a phone, the QR code on a computer. */
export function IdentifyStep({ resume, onComplete, onCancel }: IdentifyStepProps) {
  const [method, setMethod] = useState<EidMethod>(() => firstMethod(resume))
  const [launched, setLaunched] = useState(resume)
  const flow = useFlow(method, resume, onComplete)
  const state = useStore(flow)
  const appUrl = useAppUrl()

  if (state.phase === 'failed' || state.phase === 'wrong_person' || state.phase === 'unavailable')
    return <EidStopped state={state} method={method} onRetry={() => void flow.start()} onCancel={onCancel} />

  const open = () => {
    rememberLaunch()
    setLaunched(true)
    setMethod('same_device')
  }
  const token = state.phase === 'pending' ? state.autoStartToken : null
  return (
    <div class="eid">
      <FocusedHeading>{t('eid.title')}</FocusedHeading>
      <p>{t('eid.why')}</p>
      {method === 'qr' ? (
        <QrMethod qr={state.phase === 'pending' ? state.qr : null} waiting={state.phase === 'starting'} />
      ) : (
        <p>{t('eid.sameHow')}</p>
      )}
      {method === 'same_device' && <OpenApp token={token} appUrl={appUrl} primary onOpen={open} />}
      <p class="eid__status" role="status">
        {state.phase === 'pending' && eidText(state.textId, launched ? method : 'qr')}
        {state.phase === 'starting' && t('eid.starting')}
        {state.phase === 'complete' && t('eid.complete')}
      </p>
      <div class="eid__other">
        {method === 'qr' ? (
          <OpenApp token={token} appUrl={appUrl} onOpen={open} />
        ) : (
          <Button variant="tertiary" onClick={() => setMethod('qr')}>
            {t('eid.useOther')}
          </Button>
        )}
        <Button variant="tertiary" color="neutral" onClick={onCancel}>
          {t('eid.cancel')}
        </Button>
      </div>
    </div>
  )
}

function firstMethod(resume: boolean): EidMethod {
  return resume || platform(navigator) !== 'computer' ? 'same_device' : 'qr'
}

/** The order is withdrawn when the person leaves this step or the page, but not when they go to the app. */
function useFlow(method: EidMethod, resume: boolean, onComplete: () => void) {
  const [flow] = useState(() => new EidFlow(PORT, method))
  flow.method = method
  useEffect(() => {
    const leave = () => flow.stop(!wasLaunched())
    const stopListening = flow.subscribe(() => {
      const { phase } = flow.state
      if (phase !== 'starting' && phase !== 'pending') forgetLaunch()
      if (phase === 'complete') onComplete()
    })
    // A page that the browser kept whole while the person was away (back-forward cache) goes on where it was.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && void flow.resume()
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', comeBack)
    void (resume ? flow.resume() : flow.start())
    return () => {
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('pageshow', comeBack)
      stopListening()
      forgetLaunch()
      flow.stop(true)
    }
  }, [flow, resume, onComplete])
  return flow
}

function useAppUrl(): string | null | undefined {
  const settings = useResource('visitor-settings', () => answer(api.GET('/visitor/settings')))
  if (settings.data !== null) return settings.data.eid_app_url
  return settings.problem === null ? undefined : null
}

interface OpenAppProps {
  token: string | null
  /** undefined until it is known. */
  appUrl: string | null | undefined
  primary?: boolean
  onOpen: () => void
}

/** A link, as phones open apps by links that are touched, not by scripts. */
function OpenApp({ token, appUrl, primary = false, onOpen }: OpenAppProps) {
  const ready = token !== null && appUrl !== undefined
  const href = ready
    ? autostartAddress({ token, appUrl, platform: platform(navigator), origin: window.location.origin })
    : undefined
  return (
    <a
      class="ds-button eid__open"
      data-variant={primary ? 'primary' : 'tertiary'}
      data-color="accent"
      aria-disabled={!ready || undefined}
      href={href}
      onClick={onOpen}
    >
      <Smartphone size={22} aria-hidden="true" />
      {t('eid.openHere')}
    </a>
  )
}

function QrMethod({ qr, waiting }: { qr: string | null; waiting: boolean }) {
  return (
    <>
      <p>{t('eid.qrHow')}</p>
      <div class="eid__frame" aria-busy={waiting}>
        {qr !== null && <EidQr text={qr} />}
        {qr === null && waiting && <span class="spinner" aria-hidden="true" />}
        {qr === null && !waiting && <Smartphone size={72} aria-hidden="true" />}
      </div>
    </>
  )
}
