import { useState } from 'preact/hooks'
import type { LocalMedia, LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { shortcutsOn, turnShortcuts } from '../staff-shell/shortcuts'
import { DeviceSelects } from './DeviceSelects'
import { SidePanel } from './SidePanel'
import type { StageLayout } from './Stage'
import { Switch } from './Switch'

interface SettingsPanelProps {
  media: LocalMedia
  state: LocalMediaState
  layout: StageLayout
  several: boolean
  selfShown: boolean
  count: number
  onPeople: () => void
  onLayout: (layout: StageLayout) => void
  onSelf: (shown: boolean) => void
  onClose: () => void
}

/** Devices and the window's own choices; nothing here interrupts the call. */
export function SettingsPanel(props: SettingsPanelProps) {
  const [keys, setKeys] = useState(shortcutsOn)
  const changeKeys = (on: boolean) => {
    turnShortcuts(on)
    setKeys(on)
  }
  return (
    <SidePanel title={t('call.settings.title')} onClose={props.onClose}>
      <div class="settings">
        <Button class="settings__people" variant="secondary" color="neutral" onClick={props.onPeople}>
          {t('call.room.people')} ({props.count})
        </Button>
        <DeviceSelects media={props.media} state={props.state} />
        <Switch label={t('call.room.showSelf')} on={props.selfShown} onChange={props.onSelf} />
        {props.several && (
          <Switch
            label={t('call.room.active')}
            on={props.layout === 'active'}
            onChange={(on) => props.onLayout(on ? 'active' : 'grid')}
          />
        )}
        <Switch label={t('call.settings.shortcuts')} on={keys} onChange={changeKeys} keyboardOnly />
      </div>
    </SidePanel>
  )
}
