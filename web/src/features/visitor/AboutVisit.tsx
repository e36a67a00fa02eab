import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { Button } from '../../ui/Button'
import { AboutActions, type AboutPage } from './AboutActions'
import { CancelStep } from './CancelStep'
import { ContactClinic } from './ContactClinic'
import { DisplayNameStep } from './DisplayNameStep'
import { EquipmentTest } from './EquipmentTest'
import { isEarly } from './early'
import { FocusedHeading } from './FocusedHeading'
import { LateStep } from './LateStep'
import { MovedNotice } from './MovedNotice'
import { clinicOf, type View, type VisitHandle } from './use-visit'
import { placeOf } from './VisitHeading'
import { dayFirst, hoursOf, wordsOf } from './words'
import './about-visit.css'

interface AboutVisitProps {
  view: View
  handle: VisitHandle
  /** Into the waiting room, or back to it. */
  onWait: () => void
}

/** All about the visit, and what can be done about it: before, in and after the waiting room (B11). */
export function AboutVisit({ view, handle, onWait }: AboutVisitProps) {
  const [page, setPage] = useState<AboutPage | null>(null)
  const back = () => setPage(null)
  if (page === 'late') return <LateStep view={view} handle={handle} onDone={back} />
  if (page === 'cancel' && view.can_cancel) return <CancelStep view={view} handle={handle} onKeep={back} />
  if (page === 'name') return <DisplayNameStep view={view} handle={handle} onDone={back} onBack={back} />
  if (page === 'equipment') return <EquipmentTest onDone={back} />
  return <Overview view={view} onOpen={setPage} onWait={onWait} />
}

interface OverviewProps {
  view: View
  onOpen: (page: AboutPage) => void
  onWait: () => void
}

function Overview({ view, onOpen, onWait }: OverviewProps) {
  return (
    <div class="visitor-step">
      <div class="visit-heading visit-heading--large">
        <FocusedHeading>
          {t('visitor.visitAt', { context: wordsOf(view), time: clockTime(view.starts_at) })}
        </FocusedHeading>
        <p class="visit-heading__with">
          {dayFirst(view)} <span class="numbers">{hoursOf(view)}</span>
        </p>
        <p>{t('visitor.with', { name: view.clinician_name })}</p>
        <p>{placeOf(view)}</p>
      </div>
      <MovedNotice view={view} />
      <div class="about-visit__next">
        <Button onClick={onWait}>{t('visitor.toWaitingRoom')}</Button>
        {isEarly(view, Date.now()) && <p>{t('selfService.waitLater')}</p>}
      </div>
      <AboutActions view={view} onOpen={onOpen} />
      {!view.can_cancel && view.role !== 'guest' && view.status === 'bokat' && <p>{t(whyNot(view))}</p>}
      <ContactClinic clinic={clinicOf(view)} />
    </div>
  )
}

/** Why one cannot cancel here: it is too late, or the clinic wants to be asked. */
function whyNot(view: View): 'selfService.cancelPassed' | 'selfService.cancelCall' {
  return view.cancel_until === null ? 'selfService.cancelCall' : 'selfService.cancelPassed'
}
