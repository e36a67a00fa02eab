import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/preact'
import { options } from 'preact'
import { afterEach, beforeAll } from 'vitest'
import { startTexts } from './i18n'

beforeAll(startTexts)

// Effects run right after drawing: no timer of Preact's outlives the page that a test has drawn.
options.requestAnimationFrame = (run) => queueMicrotask(run)

// jsdom knows the element and not its modal state: shown is enough for what is asserted here.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
}

// jsdom lays nothing out: nothing has a size, and nothing is scrolled into sight.
class NothingToObserve {
  observe(): void {}
  disconnect(): void {}
}
window.ResizeObserver = NothingToObserve as never
window.IntersectionObserver = NothingToObserve as never

afterEach(() => {
  cleanup()
  sessionStorage.clear()
  localStorage.clear()
  window.history.replaceState(null, '', '/')
})
