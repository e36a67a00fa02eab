import { beforeEach, describe, expect, it } from 'vitest'
import { type Draft, inForm, newDraft } from './draft'
import { forgetDraft, keepDraft, keptDraft } from './kept-draft'

const NOW = Date.parse('2026-11-22T08:31:00Z')

beforeEach(forgetDraft)

describe('a draft that is kept through a reload', () => {
  it('comes back as it was', () => {
    const draft: Draft = {
      ...newDraft(NOW),
      form: 'group',
      group: [{ patientId: 'pat-1', displayName: 'Kim' }],
      languages: { 'pat-1': 'en' },
      repeats: true,
    }
    keepDraft(draft)
    expect(keptDraft()).toEqual(draft)
  })

  it.each(['form', 'group', 'languages', 'startNow', 'times', 'relativeId'] as const)(
    'is begun anew when it is of a time before there was %s',
    (name) => {
      const { [name]: _, ...older } = newDraft(NOW)
      sessionStorage.setItem('vardrum.booking', JSON.stringify(older))
      expect(keptDraft()).toBeNull()
    },
  )

  it('is nobody else’s form', () => {
    sessionStorage.setItem('vardrum.booking', JSON.stringify({ ...newDraft(NOW), form: 'party' }))
    expect(keptDraft()).toBeNull()
  })
})

describe('another form', () => {
  it('takes the patient who is chosen into an empty group, and leaves one that is not', () => {
    const draft = newDraft(NOW, 'pat-1')
    expect(inForm(draft, 'group')).toEqual({
      form: 'group',
      group: [{ patientId: 'pat-1', displayName: '' }],
    })
    const grouped = { ...draft, group: [{ patientId: 'pat-3', displayName: '' }] }
    expect(inForm(grouped, 'group')).toEqual({ form: 'group' })
    expect(inForm(draft, 'relative')).toEqual({ form: 'relative' })
  })
})
