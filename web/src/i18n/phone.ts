const SWEDISH_MOBILE = /^\+46(7\d)(\d{3})(\d{2})(\d{2})$/
/** Area codes without the first 0: 8, those of two digits, and all others of three. */
const SWEDISH_AREA =
  /^\+46(8|10|11|13|16|18|19|20|21|23|26|31|33|35|36|40|42|44|46|54|60|63|77\d|90|[1-69]\d\d)(\d{5,8})$/
const GROUPS: Readonly<Record<number, RegExp>> = {
  5: /^(\d{3})(\d{2})$/,
  6: /^(\d{2})(\d{2})(\d{2})$/,
  7: /^(\d{3})(\d{2})(\d{2})$/,
  8: /^(\d{3})(\d{3})(\d{2})$/,
}

/** A Swedish number as people write it (070-174 06 05, 031-390 06 00); any other as it is kept, in E.164. */
export function phoneWords(number: string): string {
  const [, area, rest] = SWEDISH_AREA.exec(number) ?? []
  if (area === undefined || rest === undefined) return number.replace(SWEDISH_MOBILE, '0$1-$2 $3 $4')
  const groups = GROUPS[rest.length]?.exec(rest)?.slice(1) ?? [rest]
  return `0${area}-${groups.join(' ')}`
}
