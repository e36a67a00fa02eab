import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import type { ApiProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { Field } from '../../ui/Field'
import { useSending } from '../../ui/use-sending'
import { FocusedHeading } from './FocusedHeading'
import { MovedNotice } from './MovedNotice'
import { Steps } from './Steps'
import type { View } from './use-visit'
import { useWatchedVisit } from './use-watched-visit'
import { VisitHeading } from './VisitHeading'

const MAX_NAME_LENGTH = 80

interface NameStepProps {
  view: View
  onEntered: (view: View) => void
  onRefused: (problem: ApiProblem) => void
  reload: () => Promise<void>
}

/** A guest says who they are; nothing else is asked (G2). */
export function NameStep({ view, onEntered, onRefused, reload }: NameStepProps) {
  useWatchedVisit(true, reload)
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(view.my_name)
  const [missing, setMissing] = useState(false)
  const { busy, problem, send } = useSending(onRefused)
  const enter = () => {
    setMissing(name.trim() === '')
    if (name.trim() === '') return field.current?.focus()
    void send(async () => {
      onEntered(await answer(api.POST('/visitor/enter', { body: { name: name.trim() } })))
    })
  }
  return (
    <form
      class="visitor-step"
      onSubmit={(event) => {
        event.preventDefault()
        enter()
      }}
    >
      <VisitHeading view={view} />
      <MovedNotice view={view} />
      <Steps view={view} current={1} compact />
      <FocusedHeading>{t('visitor.nameTitle')}</FocusedHeading>
      <p>{t('visitor.nameText')}</p>
      <Field
        ref={field}
        label={t('visitor.nameLabel')}
        value={name}
        onValue={setName}
        autocomplete="name"
        maxLength={MAX_NAME_LENGTH}
        error={missing ? t('visitor.nameMissing') : null}
      />
      {problem !== null && <ErrorCard problem={problem} />}
      <Button type="submit" busy={busy}>
        {t('visitor.nameNext')}
      </Button>
    </form>
  )
}
