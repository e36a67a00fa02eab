import { useEffect, useState } from 'preact/hooks'
import { answer, api } from '../../protocol/api'
import { type NoteDoor, NoteKeeper } from './note-keeper'

/** The visit's note while the page shows it. */
export function useNote(visitId: string) {
  const [keeper] = useState(() => new NoteKeeper(doorOf(visitId), `vardrum.note.${visitId}`))
  const [, redraw] = useState({})
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && keeper.flush()
    document.addEventListener('visibilitychange', hidden)
    keeper.onChange(() => redraw({}))
    void keeper.load()
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      keeper.close()
    }
  }, [keeper])
  return {
    keeper,
    changedElsewhere: () => void keeper.refresh(),
    connectionBack: () => {
      keeper.flush()
      void keeper.refresh()
    },
  }
}

function doorOf(visitId: string): NoteDoor {
  const params = { params: { path: { visit_id: visitId } } }
  return {
    read: () => answer(api.GET('/visits/{visit_id}/note', params)),
    save: (note) => answer(api.PUT('/visits/{visit_id}/note', { ...params, body: note })),
  }
}
