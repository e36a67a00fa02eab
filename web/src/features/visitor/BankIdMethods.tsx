import { Smartphone } from 'lucide-preact'
import { t } from '../../i18n'
import { EidQr } from './EidQr'
import type { EidMethod, EidState } from './eid-flow'

/** How to get from the page to the BankID app: scan the animated code, or open it on this device. */
export function BankIdMethods({ method, state }: { method: EidMethod; state: EidState }) {
  if (method === 'same_device') return <p>{t('eid.sameHow')}</p>
  return <QrMethod qr={state.phase === 'pending' ? state.qr : null} waiting={state.phase === 'starting'} />
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
