import { describe, expect, it } from 'vitest'
import { child, patient } from '../../testing/shapes'
import { faultsOf, shownName } from './group'

const DAY = '2026-11-22'
const member = (patientId: string, displayName = '') => ({ patientId, displayName })
const known = (...people: (typeof patient)[]) => new Map(people.map((each) => [each.patient_id, each]))
const other = { ...patient, patient_id: 'pat-3' }

describe('the patients of a group (B8)', () => {
  it('are called by what was written, else by their place', () => {
    expect(shownName(member('pat-1'), 2)).toBe('Deltagare 3')
    expect(shownName(member('pat-1', '  Kim '), 2)).toBe('Kim')
  })

  it.each([
    ['who dies before the visit', { problem: 'deceased' as const }, 'register'],
    ['who is reached by e-mail alone', { phone: '', email: 'a@example.se' }, 'contact'],
    ['who is an adult with a number', {}, null],
  ])('has a fault or none: one %s', (_, changes, fault) => {
    const people = known({ ...patient, ...changes }, other)
    expect(faultsOf([member('pat-1'), member('pat-3')], people, DAY, 13)).toEqual([fault, null])
  })

  it('holds no child by the age on the day, not of today', () => {
    const nearly = { ...child, birth_date: '2013-11-23', phone: '+46701740605' }
    const members = [member('pat-2')]
    expect(faultsOf(members, known(nearly), DAY, 13)).toEqual(['child'])
    expect(faultsOf(members, known(nearly), '2026-11-23', 13)).toEqual([null])
  })

  it('marks the second of two with one name, also when one of the names goes without saying', () => {
    const members = [member('pat-1', 'DELTAGARE 2'), member('pat-3')]
    expect(faultsOf(members, known(patient, other), DAY, 13)).toEqual([null, 'sameName'])
  })

  it('has no fault of one who is not read yet', () => {
    expect(faultsOf([member('pat-1')], known(), DAY, 13)).toEqual([null])
  })
})
