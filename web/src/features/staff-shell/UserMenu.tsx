import {
  ArrowLeftRight,
  Building2,
  ChevronDown,
  CircleUserRound,
  MessageSquareText,
  MonitorSmartphone,
  Repeat,
  ScrollText,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { t } from '../../i18n'
import { useSession } from './session'
import './user-menu.css'

/** One's name, and behind it what concerns oneself: commission, logins, and the pages of those who run the service. */
export function UserMenu({ onSwitch }: { onSwitch: () => void }) {
  const session = useSession()
  const [open, setOpen] = useState(false)
  const menu = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useClosing(menu, open, setOpen, button)
  const close = () => setOpen(false)

  return (
    <div class="user-menu" ref={menu}>
      <button
        ref={button}
        type="button"
        class="header__quiet user-menu__button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span class="user-menu__name">{session.name}</span>
        <CircleUserRound class="user-menu__icon" size={20} aria-hidden="true" />
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      <ul id={id} class="user-menu__list" hidden={!open}>
        {session.commissions.length > 1 && (
          <li>
            <button
              type="button"
              onClick={() => {
                close()
                button.current?.focus()
                onSwitch()
              }}
            >
              <Repeat size={18} aria-hidden="true" />
              {t('shell.switchCommission')}
            </button>
          </li>
        )}
        <Item href="/inloggningar" icon={<MonitorSmartphone size={18} aria-hidden="true" />} onClick={close}>
          {t('shell.mySessions')}
        </Item>
        {session.roles.includes('admin') && (
          <Item href="/logg" icon={<ScrollText size={18} aria-hidden="true" />} onClick={close}>
            {t('shell.accessLog')}
          </Item>
        )}
        {(session.roles.includes('admin') || session.roles.includes('support')) && (
          <Item href="/organisation" icon={<Building2 size={18} aria-hidden="true" />} onClick={close}>
            {t('shell.organisation')}
          </Item>
        )}
        {session.roles.includes('admin') && (
          <Item
            href="/organisation/texter"
            icon={<MessageSquareText size={18} aria-hidden="true" />}
            onClick={close}
          >
            {t('shell.texts')}
          </Item>
        )}
        {(session.roles.includes('admin') || session.roles.includes('support')) && (
          <Item href="/integration" icon={<ArrowLeftRight size={18} aria-hidden="true" />} onClick={close}>
            {t('shell.integration')}
          </Item>
        )}
      </ul>
    </div>
  )
}

interface ItemProps {
  href: string
  icon: ComponentChildren
  onClick: () => void
  children: ComponentChildren
}

function Item({ href, icon, onClick, children }: ItemProps) {
  const [here] = useLocation()
  return (
    <li>
      <Link href={href} onClick={onClick} aria-current={here === href ? 'page' : undefined}>
        {icon}
        {children}
      </Link>
    </li>
  )
}

/** Escape closes it and gives the focus back; so does a click or a Tab that leads out of it. */
function useClosing(
  menu: { current: HTMLElement | null },
  open: boolean,
  setOpen: (open: boolean) => void,
  button: { current: HTMLElement | null },
): void {
  useEffect(() => {
    if (!open) return
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && menu.current?.contains(event.target) !== true) setOpen(false)
    }
    document.addEventListener('keydown', pressed)
    document.addEventListener('pointerdown', elsewhere)
    document.addEventListener('focusin', elsewhere)
    return () => {
      document.removeEventListener('keydown', pressed)
      document.removeEventListener('pointerdown', elsewhere)
      document.removeEventListener('focusin', elsewhere)
    }
  }, [menu, open, setOpen, button])
}
