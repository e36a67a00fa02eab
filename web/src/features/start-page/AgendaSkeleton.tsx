import { t } from '../../i18n'
import { SkeletonLine } from '../../ui/Skeleton'

/** The shape of a day's list while it is read. */
export function AgendaSkeleton() {
  return (
    <section class="agenda" aria-busy="true" aria-label={t('common.loading')}>
      <h2>{t('startPage.visits')}</h2>
      <ul class="agenda__rows">
        {[1, 2, 3].map((row) => (
          <li key={row} class="agenda-row">
            <SkeletonLine width="3rem" />
            <div class="agenda-row__who">
              <SkeletonLine width="9rem" />
              <SkeletonLine width="6rem" />
            </div>
            <div class="agenda-row__news" />
            <SkeletonLine width="3rem" />
            <SkeletonLine width="4.5rem" />
            <SkeletonLine width="5rem" />
          </li>
        ))}
      </ul>
    </section>
  )
}
