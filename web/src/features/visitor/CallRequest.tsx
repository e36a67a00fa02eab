import { Video } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { ring } from '../../call/tones'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import './call-request.css'

const RINGS_FOR_MS = 60_000
const TITLE_EVERY_MS = 1_000
const VIBRATION_MS = [400, 200, 400, 1_600]

interface CallRequestProps {
  clinicianName: string
  onAnswer: () => void
  onNotNow: () => void
}

/** The clinician waits in the call: a choice that fills the screen, rings and vibrates (C3). */
export function CallRequest({ clinicianName, onAnswer, onNotNow }: CallRequestProps) {
  const answer = useRef<HTMLButtonElement>(null)
  useEffect(() => answer.current?.focus(), [])
  useRinging()
  return (
    <div
      class="call-request"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="call-request-title"
      aria-describedby="call-request-text"
      data-color-scheme="dark"
      data-size="md"
    >
      <span class="call-request__icon" aria-hidden="true">
        <Video size={56} />
      </span>
      <h1 id="call-request-title">{t('visitor.callTitle', { name: clinicianName })}</h1>
      <p id="call-request-text">{t('visitor.callText')}</p>
      <div class="call-request__choices">
        <Button ref={answer} class="call-request__answer" onClick={onAnswer}>
          {t('visitor.answer')}
        </Button>
        <Button variant="secondary" color="neutral" onClick={onNotNow}>
          {t('visitor.notNow')}
        </Button>
      </div>
    </div>
  )
}

/** Sound, vibration and the tab's title, for as long as a telephone would. */
function useRinging(): void {
  useEffect(() => {
    const stopRing = ring()
    const vibrate = () => navigator.vibrate?.(VIBRATION_MS)
    vibrate()
    const vibration = setInterval(
      vibrate,
      VIBRATION_MS.reduce((sum, each) => sum + each),
    )
    const restoreTitle = flashTitle(t('visitor.pageTitleCall'))
    const stop = () => {
      stopRing()
      clearInterval(vibration)
      navigator.vibrate?.(0)
    }
    const quiet = setTimeout(stop, RINGS_FOR_MS)
    return () => {
      clearTimeout(quiet)
      stop()
      restoreTitle()
    }
  }, [])
}

function flashTitle(text: string): () => void {
  const usual = document.title
  const timer = setInterval(() => {
    document.title = document.title === text ? usual : text
  }, TITLE_EVERY_MS)
  document.title = text
  return () => {
    clearInterval(timer)
    document.title = usual
  }
}
