import { useState } from 'preact/hooks'
import type { LocalMedia, LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { shortcutsOn, turnShortcuts } from '../staff-shell/shortcuts'
import { DeviceSelects } from './DeviceSelects'
import { SidePanel } from './SidePanel'
import type { StageMode } from './Stage'
import { Switch } from './Switch'

interface SettingsPanelProps {
  media: LocalMedia
  state: LocalMediaState
  mode: StageMode
  several: boolean
  soundOnly: boolean
  selfShown: boolean
  count: number
  onPeople: () => void
  onMode: (mode: StageMode) => void
  onSoundOnly: (on: boolean) => void
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
            on={props.mode === 'active'}
            onChange={(on) => props.onMode(on ? 'active' : 'grid')}
          />
        )}
        <Switch
          label={t('call.settings.soundOnly')}
          help={t('call.settings.soundOnlyHelp')}
          on={props.soundOnly}
          onChange={props.onSoundOnly}
        />
        <Switch label={t('call.settings.shortcuts')} on={keys} onChange={changeKeys} keyboardOnly />
      </div>
    </SidePanel>
  )
}
