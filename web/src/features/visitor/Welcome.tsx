import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { Button } from '../../ui/Button'
import { isEarly } from './early'
import type { EidProvider } from './eid-provider'
import { FocusedHeading } from './FocusedHeading'
import { MovedNotice } from './MovedNotice'
import { Steps } from './Steps'
import type { View } from './use-visit'
import { useWatchedVisit } from './use-watched-visit'
import { dayAndUnit } from './VisitHeading'
import { inWords, wordsOf } from './words'

interface WelcomeProps {
  view: View
  /** The e-IDs to choose among, the usual one first; null until they are known. */
  providers: readonly EidProvider[] | null
  onIdentify: (provider: EidProvider) => void
  onTest: () => void
  reload: () => Promise<void>
}

/** The first page after the link: what it is about, the three steps, and the first of them. */
export function Welcome({ view, providers, onIdentify, onTest, reload }: WelcomeProps) {
  useWatchedVisit(true, reload)
  return (
    <div class="visitor-step">
      <div class="visit-heading visit-heading--large">
        <FocusedHeading>
          {t('visitor.visitAt', { context: wordsOf(view), time: clockTime(view.starts_at) })}
        </FocusedHeading>
        {view.clinician_name !== '' && (
          <p class="visit-heading__with">{t('visitor.with', { name: view.clinician_name })}</p>
        )}
        <p>{dayAndUnit(view)}</p>
      </div>
      <MovedNotice view={view} />
      <Steps view={view} current={1} />
      <p>
        {inWords(isEarly(view, Date.now()) ? 'visitor.welcomeEarly' : 'visitor.welcomeText', wordsOf(view))}
      </p>
      <div class="eid-choice">
        {(providers ?? []).map((provider, place) => (
          <Button
            key={provider}
            variant={place === 0 ? 'primary' : 'secondary'}
            onClick={() => onIdentify(provider)}
          >
            {t(provider === 'freja' ? 'visitor.identifyFreja' : 'visitor.identifyBankid')}
          </Button>
        ))}
      </div>
      <Button variant="tertiary" onClick={onTest}>
        {t('equipment.open')}
      </Button>
    </div>
  )
}
