import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { answer, api } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { sayProblem } from '../../ui/toasts'
import { type Ending, followExpiry } from './expiry'
import { logOut, useSession } from './session'

/** Five minutes before an unused session ends, one is asked whether to go on (WCAG 2.2.1, L1). */
export function ExpiryWarning() {
  const session = useSession()
  const [known, setKnown] = useState({ secondsLeft: session.seconds_left })
  const [ending, setEnding] = useState<Ending | null>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => followExpiry(known.secondsLeft, setEnding), [known])

  const stay = async () => {
    try {
      const used = await answer(api.GET('/session'))
      setEnding(null)
      setKnown({ secondsLeft: used.seconds_left })
    } catch (thrown) {
      sayProblem(thrown)
    }
  }

  if (ending === null || seen) return null
  const time = clockTime(ending.atMs)
  if (!ending.canBeExtended) return <LastMinutes time={time} onSeen={() => setSeen(true)} />
  return (
    <Dialog
      title={t('shell.endingTitle')}
      onClose={stay}
      actions={
        <>
          <Button autoFocus onClick={stay}>
            {t('shell.stay')}
          </Button>
          <Button variant="secondary" color="neutral" onClick={() => logOut().catch(sayProblem)}>
            {t('shell.logOut')}
          </Button>
        </>
      }
    >
      <p>{t('shell.endingText', { time })}</p>
    </Dialog>
  )
}

function LastMinutes({ time, onSeen }: { time: string; onSeen: () => void }) {
  return (
    <Dialog
      title={t('shell.endingTitle')}
      onClose={onSeen}
      actions={
        <Button autoFocus onClick={onSeen}>
          {t('common.close')}
        </Button>
      }
    >
      <p>{t('shell.lastMinutesText', { time })}</p>
    </Dialog>
  )
}
