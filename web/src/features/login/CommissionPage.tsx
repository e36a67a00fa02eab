import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { useResource } from '../../protocol/use-resource'
import { CommissionList } from '../../ui/CommissionList'
import { LanguageChoice } from '../../ui/LanguageChoice'
import { Logo } from '../../ui/Logo'
import { problemText } from '../../ui/problem-text'
import { SkeletonLine } from '../../ui/Skeleton'
import { useTitle } from '../../ui/use-title'
import './login.css'

/** Välj medarbetaruppdrag: the last step of a login with several of them, then the page that was asked for (L1). */
export function CommissionPage() {
  useTitle(t('login.chooseTitle'))
  const choice = useResource('commissions', () => answer(api.GET('/login/commissions')))
  const [busy, setBusy] = useState<string | null>(null)
  const [refused, setRefused] = useState<ApiProblem | null>(null)
  const problem = refused ?? choice.problem
  const isOver = problem?.status === 401 || choice.problem !== null

  const choose = async (commissionId: string) => {
    setBusy(commissionId)
    setRefused(null)
    try {
      const body = { commission_id: commissionId }
      const { return_to } = await answer(api.POST('/login/commission', { body }))
      window.location.assign(return_to)
    } catch (thrown) {
      setRefused(asProblem(thrown))
      setBusy(null)
    }
  }

  return (
    <main class="login">
      <div class="login__card">
        <Logo size={40} />
        <h1>{t('login.chooseTitle')}</h1>
        {problem !== null && (
          <p class="login__problem" role="alert">
            {problemText(problem)}
          </p>
        )}
        {isOver && (
          <a class="ds-button login__button" data-color="accent" href="/logga-in">
            {t('login.again')}
          </a>
        )}
        {choice.data === null && !isOver && <SkeletonLine width="16rem" />}
        {choice.data !== null && !isOver && (
          <>
            <p>{t('login.chooseText', { name: choice.data.name })}</p>
            <CommissionList commissions={choice.data.commissions} busy={busy} onChoose={choose} />
          </>
        )}
      </div>
      <LanguageChoice />
    </main>
  )
}
