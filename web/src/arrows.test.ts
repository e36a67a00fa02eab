import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = import.meta.dirname
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g

/** What a folder may use beside itself; the files at the top wire everything. */
const MAY_USE: Record<string, readonly string[]> = {
  i18n: [],
  protocol: ['i18n'],
  call: ['protocol', 'i18n', 'ui'],
  ui: ['protocol', 'i18n'],
  features: ['call', 'protocol', 'ui', 'i18n'],
}

/** Features used by others, beside the shell: the patient search, relations, and the call window on both sides. */
const MAY_USE_FEATURE: Record<string, readonly string[]> = {
  booking: ['patients', 'relations'],
  patients: ['relations'],
  'pending-bookings': ['patients', 'relations'],
  'start-page': ['participants', 'pending-bookings'],
  rebooking: ['relations'],
  'visit-page': ['participants', 'rebooking', 'relations'],
  'staff-call': ['call-window'],
  visitor: ['call-window'],
}

interface Import {
  from: string
  to: string
}

const imports: Import[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && path.includes('/') && !/\.test\.tsx?$|(^|\/)testing\//.test(path))
  .flatMap((path) =>
    [...readFileSync(join(SRC, path), 'utf8').matchAll(IMPORT)].map((match) => ({
      from: path,
      to: relative(SRC, resolve(SRC, dirname(path), match[1] ?? '')),
    })),
  )

const folderOf = (path: string) => path.split('/')[0] ?? ''
const featureOf = (path: string) => path.split('/')[1] ?? ''

describe('import arrows: protocol <- call <- features, ui and i18n for all', () => {
  it('are seen at all', () => {
    expect(imports.length).toBeGreaterThan(10)
  })

  it('hold between folders', () => {
    const against = imports.filter(
      ({ from, to }) => folderOf(from) !== folderOf(to) && !MAY_USE[folderOf(from)]?.includes(folderOf(to)),
    )
    expect(against).toEqual([])
  })

  it('let a feature use no other feature but the staff shell and what is said above', () => {
    const against = imports
      .filter(({ from, to }) => folderOf(from) === 'features' && folderOf(to) === 'features')
      .filter(({ from, to }) => featureOf(from) !== featureOf(to) && featureOf(to) !== 'staff-shell')
      .filter(({ from, to }) => !MAY_USE_FEATURE[featureOf(from)]?.includes(featureOf(to)))
    expect(against).toEqual([])
  })
})
