import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { clockTime, fetchedTime, localDate, shortDay } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorCard } from '../../ui/ErrorCard'
import { say } from '../../ui/toasts'
import { AgeChange, kindAsked, TakenKind } from './AgeChange'
import { BookingFields } from './BookingFields'
import { type Form, isAsAsked, requestOf, timeFault } from './form'
import { Meanwhile } from './Meanwhile'
import { Standing } from './Standing'
import { ToldMessages } from './ToldMessages'
import type { Kept } from './use-kept'
import { useRebooking } from './use-rebooking'
import { type Told, useTold } from './use-told'

interface DialogProps {
  visit: Shape<'VisitView'>
  kept: Kept<Form>
  onChanged: (visit: Shape<'VisitView'>) => void
  /** Done, or given up. */
  onClose: () => void
  /** Left by Escape, perhaps by mistake. */
  onLeave: () => void
}

/** Omboka: the booking as it is to be, what everyone will be told of it, and one click that does it (B9). */
export function RescheduleDialog({ visit, kept, onChanged, onClose, onLeave }: DialogProps) {
  const { value: form, write: setForm } = kept
  const [asked, setAsked] = useState(false)
  const rebooking = useRebooking(visit, onChanged)
  const fault = timeFault(form, Date.now())
  const possible = visit.actions.includes('reschedule')
  const request = requestOf(form, visit, rebooking.seen.sequence)
  const params = { params: { path: { visit_id: visit.visit_id } }, body: request }
  const isAsked = fault === null && possible && !rebooking.changedMeanwhile
  const told = useTold(isAsked ? JSON.stringify(request) : null, () =>
    answer(api.POST('/visits/{visit_id}/reschedule/preview', params)),
  )
  const move = () => {
    setAsked(true)
    if (fault !== null) return
    const silent = told.messages?.length === 0
    void rebooking.send({
      call: () => answer(api.POST('/visits/{visit_id}/reschedule', params)),
      isDone: (found) => isAsAsked(form, found),
      onDone: () => {
        say(t(silent ? 'rebooking.changed' : 'rebooking.moved', { when: fetchedTime(request.starts_at) }))
        onClose()
      },
    })
  }
  return (
    <Dialog
      title={t('rebooking.moveTitle')}
      onClose={onLeave}
      actions={
        <>
          <Button variant="secondary" color="neutral" onClick={onClose}>
            {t(possible ? 'common.cancel' : 'common.close')}
          </Button>
          {possible && !rebooking.changedMeanwhile && (
            <Button busy={rebooking.busy} onClick={move}>
              {t('rebooking.confirmMove')}
            </Button>
          )}
        </>
      }
    >
      <div class="rebooking">
        <Standing visit={visit} />
        {(rebooking.changedMeanwhile || !possible) && (
          <Meanwhile
            visit={visit}
            seen={rebooking.seen}
            onGoOn={possible ? rebooking.goOn : undefined}
            onLeaveIt={onClose}
          />
        )}
        <p class="quiet">{nowAt(visit)}</p>
        {kept.isOld && <p class="quiet">{t('rebooking.asLeft')}</p>}
        <BookingFields
          visit={visit}
          form={form}
          fault={fault !== null && (asked || fault === 'timePast') ? t(`rebooking.${fault}`) : null}
          onForm={setForm}
        />
        <Overlaps overlaps={told.overlaps} />
        <TakenKind visit={visit} form={form} onForm={setForm} />
        <Refusal
          problem={rebooking.problem ?? told.problem}
          onKind={(kind) => setForm({ ...form, kind })}
          onReadAnew={rebooking.readAnew}
        />
        {isAsked && told.problem === null && <ToldMessages messages={told.messages} />}
      </div>
    </Dialog>
  )
}

function Overlaps({ overlaps }: Pick<Told, 'overlaps'>) {
  return (
    <div role="status" class="rebooking__overlaps">
      {overlaps.map(({ hsa_id, name, starts_at, ends_at }) => (
        <p key={`${hsa_id} ${starts_at}`} class="notice" data-tone="warning">
          {t('rebooking.overlap', { name, from: clockTime(starts_at), to: clockTime(ends_at) })}
        </p>
      ))}
    </div>
  )
}

interface RefusalProps {
  problem: ReturnType<typeof useTold>['problem']
  onKind: (kind: Shape<'VisitView'>['kind']) => void
  onReadAnew: () => void
}

/** Why it cannot be moved so, with the way on where there is one. */
function Refusal({ problem, onKind, onReadAnew }: RefusalProps) {
  const kind = kindAsked(problem?.code)
  if (problem === null) return null
  if (kind !== null) return <AgeChange kind={kind} onTake={() => onKind(kind)} />
  if (problem.code === 'patient_contact_missing') {
    return (
      <ErrorCard problem={problem} kept={t('rebooking.contactMissing')}>
        <Link class="ds-button" data-variant="secondary" data-color="neutral" href="/patienter">
          {t('rebooking.toPatients')}
        </Link>
      </ErrorCard>
    )
  }
  const changed = problem.code === 'booking_changed'
  return <ErrorCard problem={problem} kept={t('rebooking.kept')} onRetry={changed ? onReadAnew : undefined} />
}

function nowAt(visit: Shape<'VisitView'>): string {
  const time = `${clockTime(visit.starts_at)}–${clockTime(visit.ends_at)}`
  return t('rebooking.nowAt', { day: shortDay(localDate(visit.starts_at)), time })
}
