import type { RemoteMedia } from '../../call/call-state'
import type { ViewReporter } from '../../call/view-reporter'
import { t } from '../../i18n'
import { Avatar } from './Avatar'
import { MediaVideo } from './MediaVideo'
import type { StageItem } from './stage-items'
import { useShownSize } from './use-shown-size'

interface TilePictureProps {
  item: StageItem
  pinned: boolean
  soundOnly: boolean
  views: ViewReporter
  onShowHeld: (consumerId: string) => void
}

/** The picture, or why there is none. */
export function TilePicture(props: TilePictureProps) {
  const { item, pinned, soundOnly, views } = props
  const { id, name, media } = item.participant
  const picture = item.screen ?? media.camera
  const shown = useShownSize(views, picture?.consumerId, pinned)
  const isThere = picture !== undefined && picture.track !== null && !picture.paused && !picture.held
  return (
    <div class="tile__picture" ref={shown}>
      {isThere && picture.track !== null && !soundOnly ? (
        <MediaVideo
          track={picture.track}
          participantId={id}
          source={item.screen === null ? 'camera' : 'screen'}
        />
      ) : (
        <div class="tile__empty">
          {item.screen === null && <Avatar name={name} />}
          <WhyNone {...props} picture={picture} />
        </div>
      )}
    </div>
  )
}

function WhyNone({
  item,
  picture,
  soundOnly,
  onShowHeld,
}: TilePictureProps & { picture: RemoteMedia | undefined }) {
  if (picture === undefined || picture.paused) return <Text>{t('call.room.cameraIsOff')}</Text>
  if (soundOnly) return <Text>{t('call.stage.notShown')}</Text>
  if (!picture.held) return null
  return (
    <>
      <Text>{t('call.stage.held')}</Text>
      <button
        type="button"
        class="tile__button"
        aria-label={`${t('call.stage.showHeld')} ${item.participant.name}`}
        onClick={() => onShowHeld(picture.consumerId)}
      >
        {t('call.stage.showHeld')}
      </button>
    </>
  )
}

function Text({ children }: { children: string }) {
  return <span class="tile__no-picture">{children}</span>
}
