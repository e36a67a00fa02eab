import { describe, expect, it } from 'vitest'
import { momentOf } from '../../i18n/time'
import { seriesDays } from './series'

describe('the days of a repeated visit', () => {
  it('are so many weeks apart, the first one among them', () => {
    expect(seriesDays('2026-12-20', 2, 3)).toEqual(['2026-12-20', '2027-01-03', '2027-01-17'])
  })

  it('keep their clock time when the clocks are changed', () => {
    const moments = seriesDays('2027-03-25', 1, 2).map((day) => momentOf(day, '09:30'))
    expect(moments).toEqual(['2027-03-25T08:30:00.000Z', '2027-04-01T07:30:00.000Z'])
  })
})
