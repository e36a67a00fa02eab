import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { EmptyState } from '../../ui/EmptyState'
import { useTitle } from '../../ui/use-title'

/** An address that leads nowhere. */
export function NotFoundPage() {
  useTitle(t('common.notFoundTitle'))
  return (
    <EmptyState whole title={t('common.notFoundTitle')}>
      <p>{t('common.notFoundText')}</p>
      <Link class="ds-button" data-variant="secondary" href="/">
        {t('common.toStart')}
      </Link>
    </EmptyState>
  )
}
