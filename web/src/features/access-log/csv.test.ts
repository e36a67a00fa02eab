import { describe, expect, it } from 'vitest'
import { csvOf } from './csv'

describe('csvOf', () => {
  it('keeps separators, quotes and line ends inside their cell', () => {
    expect(
      csvOf([
        ['a;b', 'say "hi"'],
        ['line\nend', 'å'],
      ]),
    ).toBe('\uFEFF"a;b";"say ""hi"""\r\n"line\nend";"å"\r\n')
  })

  it.each([
    '=1+1',
    '+46',
    '-2',
    '@SUM(A1)',
    '\tx',
    ' =HYPERLINK("http://x")',
    '|cmd',
    '%x',
    '\uFF1D1+1',
    '\uFF20x',
  ])('makes no formula of %j', (value) => {
    expect(csvOf([[value]])).toMatch(/^\uFEFF"'/)
  })
})
