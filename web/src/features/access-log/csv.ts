/** What a spreadsheet would take for a formula, or for the end of a cell (OWASP, "CSV Injection"), the
 * full-width signs of some languages' spreadsheets among them. */
const STARTS_FORMULA = /^[\s]*[=+\-@\t\r|%\uFF1D\uFF0B\uFF0D\uFF20]/

/** RFC 4180, with a mark of UTF-8 first and semicolons between, as Swedish spreadsheets read it. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

function cell(value: string): string {
  const text = STARTS_FORMULA.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""')}"`
}

/** Hands the text to the browser as a file. Nothing of it goes into an address. */
export function saveAs(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
