import { t } from '../../i18n'
import { SkeletonLine } from '../../ui/Skeleton'

/** The visit page's shape while it is read. */
export function VisitSkeleton() {
  return (
    <div class="visit" aria-busy="true" role="status" aria-label={t('common.loading')}>
      <div class="visit__header">
        <SkeletonLine width="4rem" />
        <SkeletonLine width="10rem" />
        <SkeletonLine width="20rem" />
      </div>
      <div class="visit__who visit__column">
        <div class="panel">
          <SkeletonLine width="11rem" />
          <SkeletonLine width="9rem" />
        </div>
        <div class="panel">
          <SkeletonLine width="7rem" />
          <SkeletonLine width="12rem" />
          <SkeletonLine width="12rem" />
        </div>
      </div>
      <div class="visit__talk visit__column panel">
        <SkeletonLine width="5rem" />
      </div>
      <div class="visit__write visit__column">
        <div class="panel notes">
          <SkeletonLine width="8rem" />
        </div>
      </div>
    </div>
  )
}
