import { MonitorUp } from 'lucide-preact'
import type { RemoteParticipant } from '../../call/call-state'
import type { OwnShare } from '../../call/screen-shares'
import { t } from '../../i18n'
import { sharesOf } from './stage-items'
import { useNewest } from './use-order'

interface NoticeProps {
  shares: readonly OwnShare[]
  participants: readonly RemoteParticipant[]
  pinned: string | null
  onStop: (id: string) => void
  onShareMore: () => void
  onPin: (key: string) => void
}

/** What goes on for a while, above the people and not over them: own shared screens, and the choice among others'. */
export function Notice({ shares, participants, pinned, onStop, onShareMore, onPin }: NoticeProps) {
  const others = sharesOf(participants)
  const newest = useNewest(others.map(({ key }) => key))
  const large = others.some(({ key }) => key === pinned) ? pinned : newest
  if (shares.length === 0 && others.length < 2) return null
  return (
    <div class="notice">
      {shares.length > 0 && <OwnShares shares={shares} onStop={onStop} onShareMore={onShareMore} />}
      {others.length > 1 && (
        <fieldset class="notice__group">
          <legend>{t('call.share.several')}</legend>
          {others.map(({ key, participant: { name } }, index) => (
            <button
              key={key}
              type="button"
              class="notice__button"
              aria-pressed={large === key}
              onClick={() => onPin(key)}
            >
              {t('call.share.numbered', { number: index + 1, name })}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

function OwnShares({ shares, onStop, onShareMore }: Pick<NoticeProps, 'shares' | 'onStop' | 'onShareMore'>) {
  return (
    <div class="notice__group" data-own>
      <p class="notice__text" role="status">
        <MonitorUp size={18} aria-hidden="true" />
        {t('call.share.own', { count: shares.length })}
      </p>
      {shares.map(({ id }, index) => (
        <button key={id} type="button" class="notice__button" onClick={() => onStop(id)}>
          {shares.length === 1 ? t('call.share.stop') : t('call.share.stopOne', { number: index + 1 })}
        </button>
      ))}
      <button type="button" class="notice__button" onClick={onShareMore}>
        {t('call.share.another')}
      </button>
    </div>
  )
}
