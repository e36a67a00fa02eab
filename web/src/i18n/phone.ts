const SWEDISH_MOBILE = /^\+46(7\d)(\d{3})(\d{2})(\d{2})$/

/** A Swedish mobile number as people write it (070-174 06 05); any other as it is kept, in E.164. */
export function phoneWords(number: string): string {
  return number.replace(SWEDISH_MOBILE, '0$1-$2 $3 $4')
}
