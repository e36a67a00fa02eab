import { useId } from 'preact/hooks'
import type { DeviceKind } from '../../call/device-choices'
import { canChooseSpeaker } from '../../call/device-list'
import type { LocalMedia, LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'

interface DeviceSelectsProps {
  media: LocalMedia
  state: LocalMediaState
}

/** Which camera, microphone and speaker. What there is no choice of is not shown. */
export function DeviceSelects({ media, state }: DeviceSelectsProps) {
  return (
    <div class="device-selects">
      <DeviceSelect kind="camera" media={media} state={state} />
      <DeviceSelect kind="microphone" media={media} state={state} />
      {canChooseSpeaker() && <DeviceSelect kind="speaker" media={media} state={state} />}
    </div>
  )
}

function DeviceSelect({ kind, media, state }: DeviceSelectsProps & { kind: DeviceKind }) {
  const id = useId()
  const options = state.devices[kind]
  const inUse = kind === 'speaker' ? undefined : state[kind].track?.getSettings?.().deviceId
  const chosen = inUse ?? state.choices[kind] ?? options[0]?.id
  if (options.length === 0) return null
  return (
    <div class="ds-field">
      <label for={id} class="ds-label">
        {t(`call.devices.${kind}`)}
      </label>
      <select
        id={id}
        class="ds-input"
        value={chosen}
        onChange={(event) => void media.choose(kind, event.currentTarget.value)}
      >
        {options.map((option, index) => (
          <option key={option.id} value={option.id}>
            {option.label || t('call.devices.unnamed', { number: index + 1 })}
          </option>
        ))}
      </select>
    </div>
  )
}
