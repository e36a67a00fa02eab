import { Phone } from 'lucide-preact'
import { t } from '../../i18n'
import { phoneWords } from '../../i18n/phone'
import type { Clinic } from './use-visit'

/** How to reach the clinic: one touch calls it (B11). */
export function ContactClinic({ clinic }: { clinic: Clinic }) {
  const { name, phone } = clinic
  return (
    <section class="contact-clinic" aria-labelledby="contact-clinic">
      <h2 id="contact-clinic">{t('selfService.contact')}</h2>
      {name !== '' && <p>{name}</p>}
      {phone === '' ? (
        <p>{t('selfService.noPhone')}</p>
      ) : (
        <a class="ds-button" data-variant="secondary" data-color="accent" href={telephone(phone)}>
          <Phone size={22} aria-hidden="true" />
          {t('selfService.call', { phone: phoneWords(phone) })}
        </a>
      )}
    </section>
  )
}

/** RFC 3966: digits, and a plus in front of the country. */
function telephone(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`
}
