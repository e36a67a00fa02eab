import { useEffect } from 'preact/hooks'
import { t } from '../i18n'

/** The page's title. Never a patient's name: titles stand in histories and on shared screens. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t('common.product')}`
  }, [title])
}
