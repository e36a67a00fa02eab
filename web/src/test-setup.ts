import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/preact'
import { afterEach, beforeAll } from 'vitest'
import { startTexts } from './i18n'

beforeAll(startTexts)

afterEach(() => {
  cleanup()
  sessionStorage.clear()
  localStorage.clear()
  window.history.replaceState(null, '', '/')
})
