import { UserPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ParticipantsDialog } from './ParticipantsDialog'

interface EditParticipantsProps {
  visit: Shape<'VisitView'>
  onChanged: (visit: Shape<'VisitView'>) => void
  onRemoved: () => void
}

/** Redigera deltagare, before and during the visit; the call goes on (G1). */
export function EditParticipants({ visit, onChanged, onRemoved }: EditParticipantsProps) {
  const [open, setOpen] = useState(false)
  if (!visit.actions.includes('change_participants')) return null
  return (
    <>
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
          onChanged={onChanged}
          onRemoved={onRemoved}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
