import { UserPlus } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { EDITING } from './editing'
import { ParticipantsDialog } from './ParticipantsDialog'
import { useDraft } from './use-draft'

interface EditParticipantsProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
  onRemoved: () => void
}

/** Redigera deltagare, before and during the visit; the call goes on (G1). What was begun is there when it is opened again. */
export function EditParticipants({ visit, onChanged, onRemoved }: EditParticipantsProps) {
  const mayChange = visit.actions.includes('change_participants')
  const [open, setOpen] = useAskedByAddress(mayChange)
  const draft = useDraft(visit, onChanged)
  if (!mayChange) return null
  const close = () => {
    setOpen(false)
    draft.setDone(null)
  }
  return (
    <>
      {draft.isUnsent && !open && <p class="quiet">{t('participants.unsent')}</p>}
      <Button
        variant="secondary"
        color="neutral"
        icon={<UserPlus size={18} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('participants.edit')}
      </Button>
      {open && (
        <ParticipantsDialog
          visit={visit}
          draft={draft}
          onChanged={onChanged}
          onRemoved={onRemoved}
          onClose={close}
        />
      )}
    </>
  )
}

/** Open at first where the address says so, which is then as usual: a reload or a way back does not open it again. */
function useAskedByAddress(mayChange: boolean) {
  const isAsked = `?${useSearch()}` === EDITING
  const [path, navigate] = useLocation()
  const [open, setOpen] = useState(isAsked && mayChange)
  useEffect(() => {
    if (isAsked) navigate(path, { replace: true })
  }, [isAsked, navigate, path])
  return [open, setOpen] as const
}
