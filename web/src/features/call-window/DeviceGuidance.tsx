import { TriangleAlert } from 'lucide-preact'
import type { InputKind, LocalMedia, LocalMediaState } from '../../call/local-media'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'
import { platform } from './platform'

interface DeviceGuidanceProps {
  media: LocalMedia
  state: LocalMediaState
}

/** What is wrong with camera or microphone, and what to do. Joining works all the same. */
export function DeviceGuidance({ media, state }: DeviceGuidanceProps) {
  const kinds = (['camera', 'microphone'] as const).filter((kind) => state[kind].problem !== null)
  return (
    <div class="guidance-list" role="status">
      {kinds.length > 0 && (
        <div class="guidance">
          <TriangleAlert size={22} aria-hidden="true" />
          <div>
            {kinds.map((kind) => (
              <Problem key={kind} kind={kind} state={state} />
            ))}
            {kinds.some((kind) => state[kind].problem === 'denied') && (
              <p>{t(`call.problem.${howToAllow()}`)}</p>
            )}
            <p>{t('call.problem.anyway')}</p>
            <Button
              variant="secondary"
              color="neutral"
              onClick={() =>
                void media.open({
                  camera: kinds.includes('camera'),
                  microphone: kinds.includes('microphone'),
                })
              }
            >
              {t('common.tryAgain')}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}

function Problem({ kind, state }: { kind: InputKind; state: LocalMediaState }) {
  const { problem } = state[kind]
  return problem === null ? null : <p class="guidance__what">{t(`call.problem.${kind}.${problem}`)}</p>
}

function howToAllow(): 'allowIos' | 'allowAndroid' | 'allowComputer' {
  const ways = { ios: 'allowIos', android: 'allowAndroid', computer: 'allowComputer' } as const
  return ways[platform(navigator)]
}
