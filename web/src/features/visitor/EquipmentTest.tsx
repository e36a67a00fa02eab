import { useEffect, useState } from 'preact/hooks'
import { LocalMedia } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { DeviceStep } from '../call-window/DeviceStep'
import { useStore } from '../call-window/use-store'
import { NetworkCheck, useNetwork } from './NetworkCheck'

interface EquipmentTestProps {
  /** On the button, when camera and microphone work and when not. */
  words?: { works: string; anyway: string }
  onDone: () => void
}

/** Camera, microphone with its level, speaker and network, with nobody at the other end (B11, C2). */
export function EquipmentTest({ words, onDone }: EquipmentTestProps) {
  const [media] = useState(() => new LocalMedia(navigator.mediaDevices, localStorage))
  const state = useStore(media)
  useEffect(() => {
    void media.open({ microphone: true, camera: true })
    return () => media.close()
  }, [media])
  const { network, check } = useNetwork()
  const works = state.camera.on && state.microphone.on && network !== 'blocked' && network !== 'offline'
  const { works: itWorks, anyway } = words ?? { works: t('equipment.works'), anyway: t('equipment.done') }
  return (
    <DeviceStep
      media={media}
      state={state}
      title={t('equipment.title')}
      text={t('equipment.text')}
      extra={<NetworkCheck network={network} onCheck={check} />}
      actions={<Button onClick={onDone}>{works ? itWorks : anyway}</Button>}
    />
  )
}
