import { Copy } from 'lucide-preact'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { copy, sayProblem } from '../../ui/toasts'

/** Kopiera inbjudningslänk, which is logged (B2, G3). */
export function CopyLink({ visitId, person }: { visitId: string; person: Shape<'ParticipantView'> }) {
  const path = { visit_id: visitId, participant_id: person.participant_id }
  const fetchAndCopy = async () => {
    try {
      const link = await answer(
        api.POST('/visits/{visit_id}/participants/{participant_id}/link', { params: { path } }),
      )
      await copy(link.url)
    } catch (thrown) {
      sayProblem(thrown)
    }
  }
  return (
    <button type="button" class="link-button" onClick={fetchAndCopy}>
      <Copy size={16} aria-hidden="true" />
      {t('visitPage.copyLink')}
    </button>
  )
}
