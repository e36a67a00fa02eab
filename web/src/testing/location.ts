import { vi } from 'vitest'

/** The page's address as it is, but with leaving it noted instead of done. Undone by `vi.unstubAllGlobals`. */
export function stubLeaving(): ReturnType<typeof vi.fn> {
  const assign = vi.fn()
  const here = window.location
  vi.stubGlobal('location', {
    get href() {
      return here.href
    },
    get pathname() {
      return here.pathname
    },
    get search() {
      return here.search
    },
    get origin() {
      return here.origin
    },
    assign,
  })
  return assign
}
