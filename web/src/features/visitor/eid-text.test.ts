import { describe, expect, it } from 'vitest'
import { eidText } from './eid-text'

describe('the texts that BankID recommends', () => {
  it('are those of the id', () => {
    expect(eidText('RFA6', 'qr')).toBe('Åtgärden avbruten.')
  })

  it('speak of the app rather than the QR code when it was started on this device', () => {
    expect(eidText('RFA1', 'same_device')).toBe('Försöker starta BankID-appen.')
    expect(eidText('RFA17B', 'same_device')).toContain('BankID-appen verkar inte finnas')
  })

  it.each(['RFA99', 'toString', 'title', ''])('are those of an unknown error for %j', (id) => {
    expect(eidText(id, 'qr')).toBe('Okänt fel. Försök igen.')
  })
})
