import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { View } from '../protocol/signalling'
import { ViewReporter } from './view-reporter'

const at = (width: number, height: number, pinned = false): View => ({ width, height, pinned })
const HIDDEN = at(0, 0)

let told: [string, View][]
let taken: boolean
let views: ViewReporter

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  taken = true
  views = new ViewReporter(async (id, view) => {
    told.push([id, view])
    if (!taken) throw new Error('The node did not take it')
  })
  views.follow(['anna'])
})

afterEach(() => {
  vi.useRealTimers()
})

const settle = () => vi.advanceTimersByTimeAsync(300)

describe('the view of a picture', () => {
  it('is told at once the first time, so that it starts at the right size', () => {
    views.show('anna', at(640, 480))
    expect(told).toEqual([['anna', at(640, 480)]])
  })

  it('is told once when it changes many times within a moment', async () => {
    views.show('anna', at(640, 480))
    for (const width of [700, 800, 900]) views.show('anna', at(width, 480))
    await settle()
    expect(told.slice(1)).toEqual([['anna', at(900, 480)]])
  })

  it('is not told again for a change that nobody notices', async () => {
    views.show('anna', at(640, 480))
    views.show('anna', at(650, 490))
    await settle()
    expect(told).toHaveLength(1)
  })

  it.each([
    ['pinned', at(640, 480, true)],
    ['larger', at(1280, 960)],
    ['smaller', at(160, 120)],
  ])('is told when it is %s', async (_, view) => {
    views.show('anna', at(640, 480))
    views.show('anna', view)
    await settle()
    expect(told.at(-1)).toEqual(['anna', view])
  })

  it('is nothing while it is not shown', async () => {
    await settle()
    expect(told).toEqual([['anna', HIDDEN]])
    expect(views.isHidden('anna')).toBe(true)
  })

  it('is nothing when it goes out of sight, and comes back', async () => {
    views.show('anna', at(640, 480))
    views.hide('anna')
    await settle()
    views.show('anna', at(640, 480))
    await settle()
    expect(told.map(([, view]) => view)).toEqual([at(640, 480), HIDDEN, at(640, 480)])
  })

  it('that is hidden and shown again within a moment is no news', async () => {
    views.show('anna', at(640, 480))
    views.hide('anna')
    views.show('anna', at(640, 480))
    await settle()
    expect(told).toHaveLength(1)
  })

  it('is nothing while the whole page is covered', async () => {
    views.show('anna', at(640, 480))
    views.cover(true)
    await settle()
    views.cover(false)
    await settle()
    expect(told.map(([, view]) => view)).toEqual([at(640, 480), HIDDEN, at(640, 480)])
  })

  it('is told for each picture that exists, and for no other', async () => {
    views.show('bo', at(320, 240))
    await settle()
    views.follow(['anna', 'bo'])
    await settle()
    views.follow([])
    views.show('bo', at(640, 480))
    await settle()
    expect(told).toEqual([
      ['anna', HIDDEN],
      ['bo', at(320, 240)],
    ])
  })

  it('that the node did not take is told with the next change', async () => {
    taken = false
    views.show('anna', at(640, 480))
    await settle()
    taken = true
    views.follow(['anna'])
    await settle()
    expect(told.at(-1)).toEqual(['anna', at(640, 480)])
  })
})
