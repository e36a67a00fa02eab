import { Wifi, WifiOff } from 'lucide-preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { checkNetwork, DOORS, type Network } from './network-check'
import './network-check.css'

/** How the network is; looked at again when it comes back. */
export function useNetwork(): { network: Network; check: () => void } {
  const [network, setNetwork] = useState<Network>('checking')
  const check = useCallback(() => {
    setNetwork('checking')
    void checkNetwork(DOORS).then(setNetwork)
  }, [])
  useEffect(() => {
    check()
    window.addEventListener('online', check)
    return () => window.removeEventListener('online', check)
  }, [check])
  return { network, check }
}

/** The network in words, with what to do about it. */
export function NetworkCheck({ network, onCheck }: { network: Network; onCheck: () => void }) {
  const reached = network === 'good' || network === 'slow'
  const bad = network === 'blocked' || network === 'offline'
  return (
    <section class="network" data-state={network} aria-label={t('equipment.network')}>
      {bad ? <WifiOff size={22} aria-hidden="true" /> : <Wifi size={22} aria-hidden="true" />}
      <div>
        <p role="status">{t(`equipment.${network}`)}</p>
        {reached && <p class="network__untried">{t('equipment.atLast')}</p>}
        {network !== 'checking' && network !== 'good' && (
          <Button variant="secondary" color="neutral" onClick={onCheck}>
            {t('common.tryAgain')}
          </Button>
        )}
      </div>
    </section>
  )
}
