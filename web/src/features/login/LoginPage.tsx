import { LogIn } from 'lucide-preact'
import { t } from '../../i18n'
import { LanguageChoice } from '../../ui/LanguageChoice'
import { Logo } from '../../ui/Logo'
import { problemCodeText } from '../../ui/problem-text'
import { useTitle } from '../../ui/use-title'
import './login.css'

/** The way in for staff (L1). The identity provider's page follows, then the page that was asked for. */
export function LoginPage() {
  useTitle(t('login.title'))
  const problem = new URLSearchParams(window.location.search).get('fel')
  return (
    <main class="login">
      <div class="login__card">
        <Logo size={40} />
        <h1>{t('login.title')}</h1>
        {problem ? (
          <p class="login__problem" role="alert">
            {problemCodeText(problem)}
          </p>
        ) : (
          <p>{t(endedReason() ?? 'login.text')}</p>
        )}
        <a class="ds-button login__button" data-color="accent" href={loginAddress()}>
          <LogIn size={20} aria-hidden="true" />
          {t('login.withSiths')}
        </a>
        <p class="login__help">{t('login.help')}</p>
      </div>
      <LanguageChoice />
    </main>
  )
}

function loginAddress(): string {
  const returnTo = new URLSearchParams(window.location.search).get('return_to') ?? '/'
  return `/api/login?${new URLSearchParams({ return_to: returnTo })}`
}

function endedReason() {
  const reason = new URLSearchParams(window.location.search).get('orsak')
  if (reason === 'utloggad') return 'login.loggedOut'
  return reason === 'avslutad' ? 'login.sessionEnded' : null
}
