import { useSearch } from 'wouter-preact'
import { navigate } from 'wouter-preact/use-browser-location'
import { isLocalDate, type LocalDate, localDate } from '../../i18n/time'

const PARAMETER = 'datum'

/** The day shown, kept in the address (`?datum=2026-11-22`); today when none is there (L2). */
export function useDay(now: number) {
  const today = localDate(now)
  const inAddress = new URLSearchParams(useSearch()).get(PARAMETER)
  const day: LocalDate = isLocalDate(inAddress) ? inAddress : today
  const setDay = (chosen: LocalDate) => {
    navigate(chosen === today ? '/' : `/?${new URLSearchParams({ [PARAMETER]: chosen })}`)
  }
  return { day, today, setDay }
}
