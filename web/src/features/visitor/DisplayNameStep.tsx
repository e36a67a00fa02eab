import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { Field } from '../../ui/Field'
import { useSending } from '../../ui/use-sending'
import { FocusedHeading } from './FocusedHeading'
import type { View, VisitHandle } from './use-visit'
import { VisitHeading } from './VisitHeading'

const MAX_NAME_LENGTH = 80

interface DisplayNameStepProps {
  view: View
  handle: Pick<VisitHandle, 'show' | 'refused'>
  onDone: () => void
  /** Out of the step again; left out where it must be gone through. */
  onBack?: () => void
}

/** In a group: what the other patients see of one, before anyone can see anything (B8). */
export function DisplayNameStep({ view, handle, onDone, onBack }: DisplayNameStepProps) {
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(view.display_name)
  const [missing, setMissing] = useState(false)
  const { busy, problem, send } = useSending(handle.refused)
  const save = () => {
    const display_name = name.trim()
    setMissing(display_name === '')
    if (display_name === '') return field.current?.focus()
    if (display_name === view.display_name) return onDone()
    void send(async () => {
      handle.show(await answer(api.PUT('/visitor/display-name', { body: { display_name } })))
      onDone()
    })
  }
  return (
    <form
      class="visitor-step"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <VisitHeading view={view} />
      <FocusedHeading>{t('selfService.nameTitle')}</FocusedHeading>
      <p>{t('selfService.nameText')}</p>
      <Field
        ref={field}
        label={t('selfService.nameLabel')}
        description={t('selfService.nameHelp')}
        value={name}
        onValue={setName}
        autocomplete="off"
        maxLength={MAX_NAME_LENGTH}
        error={missing ? t('selfService.nameMissing') : null}
      />
      {view.call !== null && <p>{t('selfService.nameInCall')}</p>}
      {problem !== null && <ErrorCard problem={problem} />}
      <Button type="submit" busy={busy}>
        {t(onBack === undefined ? 'selfService.nameNext' : 'selfService.nameSave')}
      </Button>
      {onBack !== undefined && (
        <Button variant="tertiary" color="neutral" onClick={onBack}>
          {t('common.back')}
        </Button>
      )}
    </form>
  )
}
