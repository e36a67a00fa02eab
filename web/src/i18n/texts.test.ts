import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from './en'
import { changeLanguage, t } from './index'
import { sv } from './sv'

const OPENAPI = join(import.meta.dirname, '../../../functions/openapi.json')

function leaves(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  )
}

const OF_SYSTEMS = /^\/(fhir|oauth)\b/
type Operations = Record<string, Record<string, { responses: Record<string, unknown> }>>

function operations(): [path: string, Operations[string]][] {
  const { paths } = JSON.parse(readFileSync(OPENAPI, 'utf8')) as { paths: Operations }
  return Object.entries(paths)
}

/** The codes that descriptions name, `bad_input, invalid_phone`. */
function codesIn(described: unknown): string[] {
  const found = [...JSON.stringify(described ?? {}).matchAll(/"description":"([a-z_]+(?:, [a-z_]+)*)"/g)]
  return [...new Set(found.flatMap((match) => match[1]?.split(', ') ?? []))]
}

describe('texts', () => {
  it('have words for every problem the API names', () => {
    const codes = codesIn(operations().filter(([path]) => !OF_SYSTEMS.test(path)))
    expect(codes).toContain('invalid_identity_number')
    expect(codes.filter((code) => !Object.hasOwn(sv.problems, code))).toEqual([])
  })

  it('tell support why a booking of another system was refused', () => {
    const ofBookings = operations().flatMap(([path, methods]) =>
      OF_SYSTEMS.test(path) ? Object.values(methods).map(({ responses }) => responses['422']) : [],
    )
    const codes = codesIn(ofBookings)
    expect(codes).toContain('identifier_missing')
    const known = { ...sv.problems, ...sv.integration.why }
    expect(codes.filter((code) => !Object.hasOwn(known, code))).toEqual([])
  })

  it('have the same keys and placeholders in both languages', () => {
    const placeholders = (text: string) => [...text.matchAll(/{{\w+}}/g)].map(String).sort()
    const shape = (texts: object) => leaves(texts).map(([key, text]) => [key, placeholders(text)])
    expect(shape(en)).toEqual(shape(sv))
  })

  it('are never empty and never shout', () => {
    const wrong = [...leaves(sv), ...leaves(en)].filter(
      ([, text]) => text.trim() === '' || text.includes('!'),
    )
    expect(wrong).toEqual([])
  })

  it('change language, remember it on the device, and mark the page', async () => {
    await changeLanguage('en')
    expect(t('login.title')).toBe('Log in')
    expect(document.documentElement.lang).toBe('en')
    expect(localStorage.getItem('vardrum.language')).toBe('en')
    await changeLanguage('sv')
    expect(t('login.title')).toBe('Logga in')
  })
})
