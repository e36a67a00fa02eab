import { useId } from 'preact/hooks'
import { t } from '../../i18n'
import { clockTime } from '../../i18n/time'
import { ErrorCard } from '../../ui/ErrorCard'
import { useSession } from '../staff-shell/session'
import { NoteConflict } from './NoteConflict'
import type { NoteSnapshot } from './note-keeper'
import type { useNote } from './use-note'

const LONGEST_NOTE = 20_000

interface NotesPanelProps {
  note: ReturnType<typeof useNote>
  mayWrite: boolean
}

/** Anteckningar, with when they were saved (S3). */
export function NotesPanel({ note, mayWrite }: NotesPanelProps) {
  const id = useId()
  const { name } = useSession()
  const { keeper } = note
  const { state, text, problem, stored } = keeper.snapshot
  const unread = state === 'loading' && problem !== null
  return (
    <div class="panel notes">
      <div class="notes__head">
        <h2>
          <label for={id}>{t('visitPage.notes')}</label>
        </h2>
        <p class="notes__state" role="status" data-state={state}>
          {stateWords(keeper.snapshot, name)}
        </p>
      </div>
      {state === 'conflict' && stored !== null && (
        <NoteConflict theirs={stored} onMine={() => keeper.keepMine()} onTheirs={() => keeper.keepTheirs()} />
      )}
      {problem !== null && (unread || state === 'refused') && (
        <ErrorCard problem={problem} onRetry={unread ? () => void keeper.load() : undefined} />
      )}
      <textarea
        id={id}
        class="ds-input notes__text"
        aria-describedby={`${id}-help`}
        maxLength={LONGEST_NOTE}
        readOnly={!mayWrite || state === 'loading'}
        value={text}
        onInput={(event) => keeper.edit(event.currentTarget.value)}
      />
      <p id={`${id}-help`} class="notes__help">
        {t('visitPage.notesHelp')}
      </p>
    </div>
  )
}

function stateWords({ state, stored }: NoteSnapshot, me: string): string {
  if (state === 'loading' || state === 'conflict') return ''
  if (state !== 'saved') return t(`visitPage.note.${state}`)
  if (stored === null || stored.saved_at === null) return t('visitPage.note.empty')
  const time = clockTime(stored.saved_at)
  if (stored.saved_by === me || stored.saved_by === '') return t('visitPage.note.saved', { time })
  return t('visitPage.note.savedBy', { time, name: stored.saved_by })
}
