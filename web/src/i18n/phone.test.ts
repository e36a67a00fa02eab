import { expect, it } from 'vitest'
import { phoneWords } from './phone'

it.each([
  ['+46701740605', '070-174 06 05'],
  ['+4791234567', '+4791234567'],
  ['+4635123456', '+4635123456'],
])('%s is shown as %s (P4)', (kept, shown) => {
  expect(phoneWords(kept)).toBe(shown)
})
