import { useEffect, useState } from 'preact/hooks'
import { LocalMedia } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { DeviceStep } from '../call-window/DeviceStep'
import { useStore } from '../call-window/use-store'
import { FocusedHeading } from './FocusedHeading'
import { Steps } from './Steps'
import type { View } from './use-visit'
import { VisitHeading } from './VisitHeading'

interface TestStepProps {
  view: View
  onDone: () => void
}

/** Time to sort out camera and sound before anyone waits. One may skip it. */
export function TestStep({ view, onDone }: TestStepProps) {
  const [testing, setTesting] = useState(false)
  if (testing) return <Testing onDone={onDone} />
  return (
    <div class="visitor-step">
      <VisitHeading view={view} />
      <Steps role={view.role} current={2} compact />
      <FocusedHeading>{t('visitor.testTitle')}</FocusedHeading>
      <p>{t('visitor.testText')}</p>
      <Button onClick={() => setTesting(true)}>{t('visitor.testStart')}</Button>
      <Button variant="tertiary" color="neutral" onClick={onDone}>
        {t('visitor.testSkip')}
      </Button>
    </div>
  )
}

function Testing({ onDone }: { onDone: () => void }) {
  const [media] = useState(() => new LocalMedia(navigator.mediaDevices, localStorage))
  const state = useStore(media)
  useEffect(() => {
    void media.open({ microphone: true, camera: true })
    return () => media.close()
  }, [media])
  const works = state.camera.on && state.microphone.on
  return (
    <DeviceStep
      media={media}
      state={state}
      title={t('visitor.testTitle')}
      actions={<Button onClick={onDone}>{t(works ? 'visitor.testDone' : 'visitor.testLater')}</Button>}
    />
  )
}
