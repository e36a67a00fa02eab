import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { Button } from '../../ui/Button'
import { FocusedHeading } from './FocusedHeading'
import { Steps } from './Steps'
import type { View } from './use-visit'
import { dayAndUnit } from './VisitHeading'

/** The first page after the link: what it is about, the three steps, and the first of them. */
export function Welcome({ view, onIdentify }: { view: View; onIdentify: () => void }) {
  return (
    <div class="visitor-step">
      <div class="visit-heading visit-heading--large">
        <FocusedHeading>{t('visitor.visitAt', { time: clockTime(view.starts_at) })}</FocusedHeading>
        {view.clinician_name !== '' && (
          <p class="visit-heading__with">{t('visitor.with', { name: view.clinician_name })}</p>
        )}
        <p>{dayAndUnit(view)}</p>
      </div>
      <Steps role={view.role} current={1} />
      <p>{t('visitor.welcomeText')}</p>
      <Button onClick={onIdentify}>{t('visitor.identify')}</Button>
    </div>
  )
}
