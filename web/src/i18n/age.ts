import { t } from './index'

/** "82 år"; a reservnummer tells no age. */
export function ageWords(age: number | null): string {
  return age === null ? t('common.ageUnknown') : t('common.age', { count: age })
}
