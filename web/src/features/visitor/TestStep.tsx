import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { EquipmentTest } from './EquipmentTest'
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
  if (testing)
    return (
      <EquipmentTest
        words={{ works: t('visitor.testDone'), anyway: t('visitor.testLater') }}
        onDone={onDone}
      />
    )
  return (
    <div class="visitor-step">
      <VisitHeading view={view} />
      <Steps view={view} current={2} compact />
      <FocusedHeading>{t('visitor.testTitle')}</FocusedHeading>
      <p>{t('visitor.testText')}</p>
      <Button onClick={() => setTesting(true)}>{t('visitor.testStart')}</Button>
      <Button variant="tertiary" color="neutral" onClick={onDone}>
        {t('visitor.testSkip')}
      </Button>
    </div>
  )
}
