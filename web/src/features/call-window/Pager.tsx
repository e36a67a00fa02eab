import { ChevronLeft, ChevronRight } from 'lucide-preact'
import { t } from '../../i18n'
import type { Rect } from './stage-layout'

interface PagerProps {
  /** From 0. */
  page: number
  count: number
  rect: Rect
  onPage: (page: number) => void
}

/** Turns to those who have no room on this page. */
export function Pager({ page, count, rect, onPage }: PagerProps) {
  return (
    <nav class="pager" aria-label={t('call.stage.pages')} style={{ ...rect }}>
      <button
        type="button"
        class="icon-button"
        aria-label={t('call.stage.previous')}
        aria-disabled={page === 0}
        onClick={() => onPage(Math.max(0, page - 1))}
      >
        <ChevronLeft size={22} aria-hidden="true" />
      </button>
      <p role="status">{t('call.stage.page', { page: page + 1, count })}</p>
      <button
        type="button"
        class="icon-button"
        aria-label={t('call.stage.next')}
        aria-disabled={page === count - 1}
        onClick={() => onPage(Math.min(count - 1, page + 1))}
      >
        <ChevronRight size={22} aria-hidden="true" />
      </button>
    </nav>
  )
}
