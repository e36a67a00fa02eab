import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { ApiProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { platform } from '../call-window/platform'
import { useStore } from '../call-window/use-store'
import { BankIdMethods } from './BankIdMethods'
import { EidStopped } from './EidStopped'
import type { EidMethod } from './eid-flow'
import { rememberLaunch } from './eid-launch'
import type { EidProvider } from './eid-provider'
import { eidText } from './eid-text'
import { FocusedHeading } from './FocusedHeading'
import { FrejaMethods } from './FrejaMethods'
import { OpenApp } from './OpenApp'
import { useEidFlow } from './use-eid-flow'
import type { VisitorSettings } from './use-visitor-settings'
import './eid.css'

interface IdentifyStepProps {
  provider: EidProvider
  /** Null until it is known. */
  settings: VisitorSettings | null
  /** The page was opened by the app: go on with the order. */
  resume: boolean
  onComplete: () => void
  onRefused: (problem: ApiProblem) => void
  onCancel: () => void
}

/** e-ID by one provider. Of BankID the app on this device is the first choice on a phone, the QR code on a computer. */
export function IdentifyStep(props: IdentifyStepProps) {
  const { provider, settings, resume, onComplete, onRefused, onCancel } = props
  const [method, setMethod] = useState<EidMethod>(() => firstMethod(provider, resume))
  const [opened, setOpened] = useState(resume)
  const flow = useEidFlow({ provider, method, resume, onComplete, onRefused })
  flow.opened = opened && method === 'same_device'
  const state = useStore(flow)

  if (state.phase === 'failed' || state.phase === 'wrong_person' || state.phase === 'unavailable')
    return (
      <EidStopped
        state={state}
        provider={provider}
        hasOther={(settings?.eid_providers.length ?? 1) > 1}
        onRetry={() => void flow.start()}
        onCancel={onCancel}
      />
    )

  const open = () => {
    rememberLaunch(provider)
    setOpened(true)
    setMethod('same_device')
  }
  const openApp = (primary: boolean) => (
    <OpenApp
      provider={provider}
      token={state.phase === 'pending' ? state.autoStartToken : null}
      appUrl={appUrlOf(provider, settings)}
      primary={primary}
      onOpen={open}
    />
  )
  return (
    <div class="eid">
      <FocusedHeading key={method}>
        {t(provider === 'freja' ? 'eid.frejaTitle' : 'eid.bankidTitle')}
      </FocusedHeading>
      <p>{t('eid.why')}</p>
      {provider === 'freja' ? <FrejaMethods /> : <BankIdMethods method={method} state={state} />}
      {method === 'same_device' && openApp(true)}
      <p class="eid__status" role="status">
        {state.phase === 'pending' && eidText(state.textId)}
        {state.phase === 'starting' && t('eid.starting')}
        {state.phase === 'complete' && t('eid.complete')}
      </p>
      <div class="eid__other">
        {provider === 'bankid' && method === 'qr' && openApp(false)}
        {provider === 'bankid' && method === 'same_device' && (
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

/** Freja is on phones alone, so on a computer there is nothing to open. */
function firstMethod(provider: EidProvider, resume: boolean): EidMethod {
  const onPhone = platform(navigator) !== 'computer'
  return onPhone || (resume && provider === 'bankid') ? 'same_device' : 'qr'
}

function appUrlOf(provider: EidProvider, settings: VisitorSettings | null): string | null | undefined {
  if (settings === null) return undefined
  return provider === 'freja' ? settings.freja_app_url : settings.eid_app_url
}
