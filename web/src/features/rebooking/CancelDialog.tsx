import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorCard } from '../../ui/ErrorCard'
import { Field } from '../../ui/Field'
import { say } from '../../ui/toasts'
import { Meanwhile } from './Meanwhile'
import { Standing } from './Standing'
import { ToldMessages } from './ToldMessages'
import type { Kept } from './use-kept'
import { useRebooking } from './use-rebooking'
import { useTold } from './use-told'

const BECAUSE = ['patient', 'staff', 'mistake', 'other'] as const
const LONGEST_REASON = 200

export interface Why {
  because: (typeof BECAUSE)[number] | null
  other: string
}

export const NO_REASON: Why = { because: null, other: '' }

interface CancelDialogProps {
  visit: Shape<'VisitView'>
  kept: Kept<Why>
  onChanged: (visit: Shape<'VisitView'>) => void
  /** Done, or given up. */
  onClose: () => void
  /** Left by Escape, perhaps by mistake. */
  onLeave: () => void
}

/** Avboka: why, what everyone will be told, and one click that does it (B9). */
export function CancelDialog({ visit, kept, onChanged, onClose, onLeave }: CancelDialogProps) {
  const why = kept.value
  const [asked, setAsked] = useState(false)
  const rebooking = useRebooking(visit, onChanged)
  const possible = visit.actions.includes('cancel')
  const params = { params: { path: { visit_id: visit.visit_id } } }
  const { sequence } = rebooking.seen
  const isAsked = possible && !rebooking.changedMeanwhile
  const told = useTold(isAsked ? String(sequence) : null, async () => {
    const { messages } = await answer(api.POST('/visits/{visit_id}/cancel/preview', params))
    return { messages, overlaps: [] }
  })
  const cancel = () => {
    setAsked(true)
    if (faultOf(why) !== null) return
    const silent = told.messages?.length === 0
    const body = { sequence, reason: wordsOf(why) }
    void rebooking.send({
      call: () => answer(api.POST('/visits/{visit_id}/cancel', { ...params, body })),
      isDone: (found) => found.status === 'avbokat',
      onDone: () => {
        say(t(silent ? 'rebooking.cancelledSilently' : 'rebooking.cancelled'))
        onClose()
      },
    })
  }
  const problem = rebooking.problem ?? told.problem
  return (
    <Dialog
      title={t('rebooking.cancelTitle')}
      onClose={onLeave}
      actions={
        <>
          <Button variant="secondary" color="neutral" onClick={onClose}>
            {t(possible ? 'common.back' : 'common.close')}
          </Button>
          {possible && !rebooking.changedMeanwhile && (
            <Button color="danger" busy={rebooking.busy} onClick={cancel}>
              {t('rebooking.confirmCancel')}
            </Button>
          )}
        </>
      }
    >
      <div class="rebooking">
        {(rebooking.changedMeanwhile || !possible) && (
          <Meanwhile
            visit={visit}
            seen={rebooking.seen}
            onGoOn={possible ? rebooking.goOn : undefined}
            onLeaveIt={onClose}
          />
        )}
        <Standing visit={visit} />
        {kept.isOld && <p class="quiet">{t('rebooking.asLeft')}</p>}
        <p>{t('rebooking.cancelText')}</p>
        <WhyChoice why={why} fault={asked ? faultOf(why) : null} onWhy={kept.write} />
        {problem !== null && <ErrorCard problem={problem} kept={t('rebooking.kept')} />}
        {isAsked && told.problem === null && <ToldMessages messages={told.messages} />}
      </div>
    </Dialog>
  )
}

interface WhyChoiceProps {
  why: Why
  fault: 'whyMissing' | 'otherMissing' | null
  onWhy: (why: Why) => void
}

function WhyChoice({ why, fault, onWhy }: WhyChoiceProps) {
  const id = useId()
  const unchosen = fault === 'whyMissing'
  return (
    <>
      <fieldset class="rebooking__why" aria-describedby={unchosen ? `${id}-error` : undefined}>
        <legend class="ds-label">{t('rebooking.why')}</legend>
        <p class="quiet">{t('rebooking.whyHelp')}</p>
        {BECAUSE.map((because) => (
          <label key={because}>
            <input
              class="ds-input"
              type="radio"
              name={id}
              checked={why.because === because}
              onChange={() => onWhy({ ...why, because })}
            />
            {t(`rebooking.because.${because}`)}
          </label>
        ))}
        {unchosen && (
          <p id={`${id}-error`} class="ds-validation-message field__error" role="alert">
            {t('rebooking.whyMissing')}
          </p>
        )}
      </fieldset>
      {why.because === 'other' && (
        <Field
          label={t('rebooking.otherReason')}
          error={fault === 'otherMissing' ? t('rebooking.otherMissing') : null}
          maxLength={LONGEST_REASON}
          autoComplete="off"
          value={why.other}
          onValue={(other) => onWhy({ ...why, other })}
        />
      )}
    </>
  )
}

function faultOf({ because, other }: Why): WhyChoiceProps['fault'] {
  if (because === null) return 'whyMissing'
  return because === 'other' && other.trim() === '' ? 'otherMissing' : null
}

/** The reason as it is kept with the visit, in the language of whoever cancels it. */
function wordsOf({ because, other }: Why): string {
  if (because === null || because === 'other') return other.trim()
  return t(`rebooking.because.${because}`)
}
