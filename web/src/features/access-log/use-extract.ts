import { useState } from 'preact/hooks'
import type { LocalDate } from '../../i18n/time'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'

const PAGES_AT_MOST = 20

/** One patient's extract, whole: page after page until there is no more, or PAGES_AT_MOST are read (then a cursor is left). */
export function useExtract() {
  const [extract, setExtract] = useState<Shape<'AuditExtract'> | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const make = async (number: string, fromDay: LocalDate, toDay: LocalDate) => {
    setBusy(true)
    setProblem(null)
    setExtract(null)
    try {
      setExtract(await whole({ number, from_day: fromDay, to_day: toDay }))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { extract, problem, busy, make }
}

async function whole(asked: { number: string; from_day: LocalDate; to_day: LocalDate }) {
  let extract = await page(asked, null)
  for (let read = 1; extract.cursor !== null && read < PAGES_AT_MOST; read += 1) {
    const next = await page(asked, extract.cursor)
    extract = { ...extract, entries: [...extract.entries, ...next.entries], cursor: next.cursor }
  }
  return extract
}

function page(asked: { number: string; from_day: LocalDate; to_day: LocalDate }, cursor: string | null) {
  return answer(api.POST('/audit/extract', { body: { ...asked, cursor } }))
}
