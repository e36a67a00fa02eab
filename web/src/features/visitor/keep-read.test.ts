import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepRead } from './keep-read'

const SECOND_MS = 1_000
const read = vi.fn(async () => undefined)
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  read.mockClear()
  stop = keepRead(read)
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * SECOND_MS)
const readsIn = async (seconds: number) => {
  read.mockClear()
  await pass(seconds)
  return read.mock.calls.length
}
const show = (visibility: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility)
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('a page that nobody tells of changes', () => {
  it('is read within 5 s while someone has just come to it', async () => {
    expect(await readsIn(5)).toBe(1)
    expect(await readsIn(60)).toBeGreaterThanOrEqual(12)
  })

  it('is read more and more rarely while nobody touches it', async () => {
    await pass(15 * 60)
    expect(await readsIn(5 * 60)).toBeLessThanOrEqual(10)
  })

  it('is read at once when it is touched after a while, and often again', async () => {
    await pass(15 * 60)
    read.mockClear()
    window.dispatchEvent(new Event('pointerdown'))
    expect(read).toHaveBeenCalledTimes(1)
    expect(await readsIn(5)).toBe(1)
  })

  it('is not read at each touch', async () => {
    window.dispatchEvent(new Event('pointerdown'))
    window.dispatchEvent(new Event('keydown'))
    window.dispatchEvent(new Event('pointerdown'))
    expect(read).toHaveBeenCalledTimes(1)
  })

  it('is not read while it is hidden, and once when it is shown and takes the focus', async () => {
    show('hidden')
    expect(await readsIn(600)).toBe(0)
    show('visible')
    window.dispatchEvent(new Event('focus'))
    expect(read).toHaveBeenCalledTimes(1)
  })

  it('is read at once when the network is back', async () => {
    window.dispatchEvent(new Event('online'))
    expect(read).toHaveBeenCalledTimes(1)
  })

  it('waits for a slow answer before it asks again', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    read.mockReturnValueOnce(promise)
    expect(await readsIn(30)).toBe(1)
    resolve(undefined)
    expect(await readsIn(5)).toBe(1)
  })

  it('is left alone once it is no longer shown', async () => {
    stop()
    expect(await readsIn(60)).toBe(0)
    window.dispatchEvent(new Event('focus'))
    expect(read).not.toHaveBeenCalled()
  })
})
