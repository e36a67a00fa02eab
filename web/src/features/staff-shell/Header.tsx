import { CalendarPlus, Keyboard, LogOut, Search } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { t } from '../../i18n'
import { OtherLanguage } from '../../ui/LanguageChoice'
import { Logo } from '../../ui/Logo'
import { sayProblem } from '../../ui/toasts'
import { ShortcutsDialog } from './ShortcutsDialog'
import { SwitchCommission } from './SwitchCommission'
import { logOut, useSession } from './session'
import { useShortcuts } from './shortcuts'
import { UserMenu } from './UserMenu'
import './header.css'

/** Where one is, the two things one starts from anywhere, and who one is. */
export function Header() {
  const session = useSession()
  const [, navigate] = useLocation()
  const [overview, setOverview] = useState(false)
  const [switching, setSwitching] = useState(false)
  const isClinician = session.roles.includes('clinician')
  useShortcuts({
    ...(isClinician && { '/': () => navigate('/patienter'), n: () => navigate('/boka') }),
    '?': () => setOverview(true),
  })

  return (
    <header class="header">
      <div class="header__row">
        <Link href="/" class="header__home" aria-label={t('shell.home')}>
          <Logo />
          <span class="header__product">{t('common.product')}</span>
        </Link>
        <p class="header__unit">
          {session.org_name}
          <span aria-hidden="true"> / </span>
          {session.unit_name}
          <span class="header__name-beside">, {session.name}</span>
        </p>
        {isClinician && <StartMenu />}
        <div class="header__me">
          <UserMenu onSwitch={() => setSwitching(true)} />
          <OtherLanguage />
          <button type="button" class="header__quiet header__keys" onClick={() => setOverview(true)}>
            <Keyboard size={18} aria-hidden="true" />
            <span class="ds-sr-only">{t('shell.shortcuts')}</span>
          </button>
          <button type="button" class="header__quiet" onClick={() => logOut().catch(sayProblem)}>
            <LogOut size={18} aria-hidden="true" />
            {t('shell.logOut')}
          </button>
        </div>
      </div>
      {overview && <ShortcutsDialog onClose={() => setOverview(false)} />}
      {switching && <SwitchCommission onClose={() => setSwitching(false)} />}
    </header>
  )
}

/** What a clinician starts from anywhere. */
function StartMenu() {
  return (
    <nav class="header__start" aria-label={t('shell.mainMenu')}>
      <Link href="/patienter" class="ds-button" data-variant="secondary" data-color="neutral">
        <Search size={18} aria-hidden="true" />
        {t('shell.search')}
        <span class="key" aria-hidden="true">
          /
        </span>
      </Link>
      <Link href="/boka" class="ds-button" data-variant="secondary" data-color="accent">
        <CalendarPlus size={18} aria-hidden="true" />
        {t('shell.book')}
        <span class="key" aria-hidden="true">
          n
        </span>
      </Link>
    </nav>
  )
}
