import { Mic, MicOff, SwitchCamera, Video, VideoOff } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { InputKind, LocalMedia, LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { MediaVideo } from './MediaVideo'

interface DevicePreviewProps {
  media: LocalMedia
  state: LocalMediaState
}

/** The own picture as in a mirror, with the two switches on it. */
export function DevicePreview({ media, state }: DevicePreviewProps) {
  const { camera, microphone } = state
  return (
    <section class="preview" aria-label={t('call.devices.preview')}>
      {camera.track !== null && camera.on ? (
        <MediaVideo track={camera.track} participantId="" source="camera" self />
      ) : (
        <p class="preview__empty">
          {t(camera.opening ? 'call.devices.asking' : 'call.devices.cameraOffText')}
        </p>
      )}
      <div class="preview__switches">
        <PreviewSwitch kind="microphone" media={media} on={microphone.on}>
          {microphone.on ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        </PreviewSwitch>
        <PreviewSwitch kind="camera" media={media} on={camera.on}>
          {camera.on ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
        </PreviewSwitch>
        <FlipCamera media={media} state={state} />
      </div>
    </section>
  )
}

interface PreviewSwitchProps {
  kind: InputKind
  media: LocalMedia
  on: boolean
  children: ComponentChildren
}

function PreviewSwitch({ kind, media, on, children }: PreviewSwitchProps) {
  return (
    <button
      type="button"
      class="preview__switch"
      aria-pressed={on}
      data-off={!on || undefined}
      onClick={() => void media.setOn(kind, !on)}
    >
      {children}
      {t(`call.devices.${kind}${on ? 'On' : 'Off'}`)}
    </button>
  )
}

/** Phones have a camera on each side; a list with their names helps nobody there. */
function FlipCamera({ media, state }: DevicePreviewProps) {
  const cameras = state.devices.camera
  const inUse = state.camera.track?.getSettings?.().deviceId
  const other = cameras[(cameras.findIndex(({ id }) => id === inUse) + 1) % cameras.length]
  if (cameras.length < 2 || inUse === undefined || other === undefined) return null
  return (
    <button
      type="button"
      class="preview__switch preview__flip"
      onClick={() => void media.choose('camera', other.id)}
    >
      <SwitchCamera aria-hidden="true" />
      {t('call.devices.flip')}
    </button>
  )
}
