import { Volume2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { LocalMedia, LocalMediaState } from '../../call/local-media'
import { playTestSound } from '../../call/tones'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { DeviceGuidance } from './DeviceGuidance'
import { DevicePreview } from './DevicePreview'
import { DeviceSelects } from './DeviceSelects'
import { LevelMeter } from './LevelMeter'
import './device-step.css'

interface DeviceStepProps {
  media: LocalMedia
  state: LocalMediaState
  title?: string
  text?: string
  /** What else is looked after, under the devices. */
  extra?: ComponentChildren
  /** The view's next step. */
  actions: ComponentChildren
}

/** Camera, microphone and speaker before others see and hear (C2). */
export function DeviceStep({ media, state, title, text, extra, actions }: DeviceStepProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class="device-step">
      <div class="device-step__intro">
        <h1 ref={heading} tabIndex={-1}>
          {title ?? t('call.devices.title')}
        </h1>
        <p>{text ?? t('call.devices.text')}</p>
      </div>
      <DevicePreview media={media} state={state} />
      <div class="device-step__check">
        <DeviceGuidance media={media} state={state} />
        <LevelMeter track={state.microphone.track} muted={!state.microphone.on} />
        {extra}
      </div>
      <div class="device-step__actions">{actions}</div>
      <div class="device-step__more">
        <Button
          variant="secondary"
          color="neutral"
          icon={<Volume2 size={20} aria-hidden="true" />}
          onClick={() => void playTestSound(state.choices.speaker)}
        >
          {t('call.devices.testSound')}
        </Button>
        <DeviceSelects media={media} state={state} />
      </div>
    </div>
  )
}
