import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { MessageText } from '../../ui/MessageText'
import { SkeletonLine } from '../../ui/Skeleton'
import type { Channel } from './text-key'

interface TextPreviewProps {
  channel: Channel
  /** Null until the first is read. */
  preview: Shape<'TextPreview'> | null
}

/** The message with its placeholders filled in, as its receiver sees it. */
export function TextPreview({ channel, preview }: TextPreviewProps) {
  return (
    <section class="text-preview" aria-label={t('texts.preview')}>
      <p class="ds-label">{t('texts.preview')}</p>
      {preview === null ? (
        <div role="status" aria-label={t('texts.previewWaiting')}>
          <MessageText channel={channel}>
            <SkeletonLine width="16rem" />
            <SkeletonLine width="12rem" />
          </MessageText>
        </div>
      ) : (
        <MessageText channel={channel}>{preview.text}</MessageText>
      )}
      {channel === 'sms' && preview !== null && (
        <p class="quiet" role="status">
          {t('texts.segments', { count: preview.segments })}
        </p>
      )}
    </section>
  )
}
