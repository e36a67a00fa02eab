import { useState } from 'preact/hooks'
import { t, useLanguage } from '../../i18n'
import { Button } from '../../ui/Button'
import { useTitle } from '../../ui/use-title'
import { EquipmentTest } from './EquipmentTest'
import { FocusedHeading } from './FocusedHeading'
import { Message } from './Message'
import { VisitorFrame } from './VisitorFrame'

type State = 'before' | 'testing' | 'done'

/** The test of one's equipment without a link: an address that a clinic can write in its letters (B11). */
export function EquipmentPage() {
  useLanguage()
  useTitle(t('equipment.title'))
  const [state, setState] = useState<State>('before')
  return (
    <VisitorFrame>
      {state === 'before' && (
        <div class="visitor-step">
          <FocusedHeading>{t('equipment.startTitle')}</FocusedHeading>
          <p>{t('equipment.startText')}</p>
          <Button onClick={() => setState('testing')}>{t('equipment.start')}</Button>
        </div>
      )}
      {state === 'testing' && <EquipmentTest onDone={() => setState('done')} />}
      {state === 'done' && (
        <Message title={t('equipment.doneTitle')}>
          <p>{t('equipment.closeText')}</p>
          <Button variant="secondary" onClick={() => setState('testing')}>
            {t('equipment.again')}
          </Button>
        </Message>
      )}
    </VisitorFrame>
  )
}
