import { useState } from 'preact/hooks'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { shortcutsOn, turnShortcuts } from './shortcuts'

const SHORTCUTS = [
  ['/', 'shell.search'],
  ['n', 'shell.keyBook'],
  ['↑ ↓', 'shell.keyRows'],
  ['Enter', 'shell.keyEnter'],
  ['Shift + Enter', 'shell.keyNewLine'],
  ['?', 'shell.keyOverview'],
] as const

/** All keys, and the switch that turns the single ones off. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useState(shortcutsOn)
  const toggle = () => {
    turnShortcuts(!on)
    setOn(!on)
  }
  return (
    <Dialog
      title={t('shell.shortcuts')}
      onClose={onClose}
      actions={
        <Button autoFocus onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <dl class="shortcuts">
        {SHORTCUTS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <div class="ds-field shortcuts__switch">
        <input id="shortcuts-on" class="ds-input" type="checkbox" checked={on} onChange={toggle} />
        <label for="shortcuts-on">{t('shell.singleKeys')}</label>
      </div>
    </Dialog>
  )
}
