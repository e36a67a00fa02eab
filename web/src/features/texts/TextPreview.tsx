import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
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
        <div class="text-preview__text" role="status" aria-label={t('texts.previewWaiting')}>
          <SkeletonLine width="16rem" />
          <SkeletonLine width="12rem" />
        </div>
      ) : (
        <p class="text-preview__text" data-channel={channel}>
          {preview.text}
        </p>
      )}
      {channel === 'sms' && preview !== null && (
        <p class="quiet" role="status">
          {t('texts.segments', { count: preview.segments })}
        </p>
      )}
    </section>
  )
}
