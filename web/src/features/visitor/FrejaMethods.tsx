import { t } from '../../i18n'
import { platform } from '../call-window/platform'

/** Freja tells the person's app itself, wherever that is; on a phone it is most likely this one. */
export function FrejaMethods() {
  const onPhone = platform(navigator) !== 'computer'
  return (
    <>
      <p>{t(onPhone ? 'eid.frejaHere' : 'eid.frejaPhone')}</p>
      {onPhone && <p>{t('eid.frejaOther')}</p>}
      <p class="eid__quiet">{t('eid.frejaLevel')}</p>
    </>
  )
}
