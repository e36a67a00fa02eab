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

/** The codes that the operations' descriptions name, `bad_input, invalid_phone`. */
function codesOfTheApi(): string[] {
  const { paths } = JSON.parse(readFileSync(OPENAPI, 'utf8')) as { paths: object }
  const found = [...JSON.stringify(paths).matchAll(/"description":"([a-z_]+(?:, [a-z_]+)*)"/g)]
  return [...new Set(found.flatMap((match) => match[1]?.split(', ') ?? []))]
}

describe('texts', () => {
  it('have words for every problem the API names', () => {
    const codes = codesOfTheApi()
    expect(codes).toContain('invalid_identity_number')
    expect(codes.filter((code) => !Object.hasOwn(sv.problems, code))).toEqual([])
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
