import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eid as english } from '../../i18n/en/eid'
import { eid as swedish } from '../../i18n/sv/eid'
import { eidText } from './eid-text'

const CONTRACT = join(import.meta.dirname, '../../../../tests/contracts/bankid_texts.json')
const FREJA = [
  'FREJA_STARTED',
  'FREJA_DELIVERED',
  'FREJA_PENDING',
  'FREJA_CANCELED',
  'FREJA_RP_CANCELED',
  'FREJA_EXPIRED',
  'FREJA_REJECTED',
  'FREJA_FAILED',
]

interface Row {
  text_id: string
}

function textsOfBankId(): string[] {
  const { pending, failed, errors } = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Record<string, Row[]>
  return [...new Set([pending, failed, errors].flatMap((rows) => rows ?? []).map((row) => row.text_id))]
}

describe('the texts of an identification', () => {
  it('are those of the id', () => {
    expect(eidText('RFA6')).toBe('Åtgärden avbröts.')
    expect(eidText('FREJA_STARTED')).toBe('Öppna Freja-appen och legitimera dig.')
  })

  it.each([...textsOfBankId(), ...FREJA])('have words for %s in both languages', (id) => {
    expect(Object.keys(swedish)).toContain(id)
    expect(Object.keys(english)).toContain(id)
  })

  it.each(['RFA99', 'toString', 'bankidTitle', ''])('are those of an unknown error for %j', (id) => {
    expect(eidText(id)).toBe('Något gick fel. Försök igen.')
  })
})
