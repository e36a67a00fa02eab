import { isLocalDate } from '../../i18n/time'

/**
 * Why a written identity number is refused before anything is asked of the server (P1); null when it may be asked.
 * The same forms as the server reads: 10 or 12 digits with `-`, `+` or spaces; samordningsnummer (day + 60);
 * Region Halland's reservnummer, 12 digits without a check digit; the national reservnummer, with two or three letters.
 */
export type NumberFault = 'incomplete' | 'form' | 'checkDigit' | null

const DASHES = /[\u2010-\u2014\u2212]/g
const WRITTEN = /^(\d{2})?(\d{6})[-+]?(\d{4})$/
const ISO_WRITTEN = /(\d{4})-(\d{2})-(\d{2})([-+]?[\dA-Z]{4})/i
const NATIONAL = /^(\d{2})(\d{2})(\d{2})(\d{2})[-+]?([A-HJ-NPR-UX-Z]{2}[\dA-HJ-NPR-UX-Z])(\d)$/i
const RESERVNUMMER = /^(1[7-9]|20)\d{2}(0[1-9]|1[0-2])(3[2-9]|[45]\d)\d{4}$/

export function faultOf(text: string): NumberFault {
  const compact = text.replace(/\s/g, '').replace(DASHES, '-').replace(ISO_WRITTEN, '$1$2$3$4')
  const national = NATIONAL.exec(compact)
  if (national !== null) return faultOfNational(national)
  const found = WRITTEN.exec(compact)
  if (found === null) return /^[\d+-]{0,9}$/.test(compact) || /^\d{11}$/.test(compact) ? 'incomplete' : 'form'
  const [, century = '', birth = '', last = ''] = found
  if (RESERVNUMMER.test(century + birth + last)) return null
  if (!isDay(century, birth)) return 'form'
  return hasCheckDigit(birth + last) ? null : 'checkDigit'
}

/** Ten digits do not tell the century: 29 February counts when it can have been one. */
function isDay(century: string, birth: string): boolean {
  const centuries = century === '' ? ['19', '20'] : [century]
  const month = birth.slice(2, 4)
  const written = Number(birth.slice(4))
  const day = String(written > 60 ? written - 60 : written).padStart(2, '0')
  return centuries.some((first) => isLocalDate(`${first}${birth.slice(0, 2)}-${month}-${day}`))
}

/**
 * Nationellt reservidformat (Inera) `XXYYMMDDNNGC`: XX is the century of birth plus 3 to 78 in steps of 3, or 00 when the
 * day of birth is not known; C is Luhn over all of it, a letter standing for its ASCII code.
 */
function faultOfNational([
  ,
  prefix = '',
  year = '',
  month = '',
  day = '',
  letters = '',
  last = '',
]: string[]): NumberFault {
  const series = Number(prefix)
  const century = series >= 22 && series <= 98 ? { 1: '19', 2: '20' }[series % 3] : undefined
  const known = century !== undefined && isLocalDate(`${century}${year}-${month}-${day}`)
  const unknown = prefix === '00' && Number(month) >= 20 && Number(day) >= 40 && Number(day) <= 59
  if (!known && !unknown) return 'form'
  const sum = [...`${prefix}${year}${month}${day}${letters.toUpperCase()}${last}`]
    .map((each) => (/\d/.test(each) ? Number(each) : each.charCodeAt(0)))
    .flatMap((value, place) => [...String(value * (place % 2 === 0 ? 2 : 1))].map(Number))
    .reduce((total, digit) => total + digit, 0)
  return sum % 10 === 0 ? null : 'checkDigit'
}

/** Luhn (ISO/IEC 7812-1) over the ten digits. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits]
    .map((digit, position) => Number(digit) * (position % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + Math.floor(value / 10) + (value % 10), 0)
  return sum % 10 === 0
}
