import { describe, expect, it } from 'vitest'
import { layOutStage, type Rect, type Size } from './stage-layout'

const DESK: Size = { width: 1264, height: 644 }
const PHONE: Size = { width: 374, height: 660 }
const SMALL_PHONE: Size = { width: 304, height: 420 }
const SIZES = { DESK, PHONE, SMALL_PHONE }
const COUNTS = Array.from({ length: 24 }, (_, index) => index + 1)
const EVERY = Object.entries(SIZES).flatMap(([name, size]) =>
  COUNTS.flatMap((count) =>
    [true, false].flatMap((large) => [true, false].map((self) => ({ name, size, count, large, self }))),
  ),
)

const overlap = (a: Rect, b: Rect) =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height

function everyPair(rects: readonly Rect[]): [Rect, Rect][] {
  return rects.flatMap((a, index) => rects.slice(index + 1).map((b): [Rect, Rect] => [a, b]))
}

function isWithin({ left, top, width, height }: Rect, size: Size): boolean {
  const inside = Math.min(left, top) >= 0 && left + width <= size.width && top + height <= size.height
  return inside && Math.min(width, height) > 50
}

describe('the stage for up to 25 people', () => {
  it('has every tile within the window and none upon another', () => {
    for (const wish of EVERY) {
      const { tiles, large, pager } = layOutStage(wish)
      const rects = [...tiles, ...(large ? [large] : []), ...(pager ? [pager] : [])]
      const outside = rects.filter((rect) => !isWithin(rect, wish.size))
      const upon = everyPair(rects).filter(([a, b]) => overlap(a, b))
      expect({ wish, outside, upon }).toEqual({ wish, outside: [], upon: [] })
    }
  })

  it('has pages when not all have room, each with as many places', () => {
    for (const wish of EVERY) {
      const { tiles, perPage, pager } = layOutStage(wish)
      const found = { wish, places: tiles.length, paged: pager !== null }
      expect(found).toEqual({ wish, places: perPage, paged: perPage < wish.count })
    }
  })

  it('has all of 25 on one page of a computer', () => {
    expect(layOutStage({ count: 24, large: false, self: true, size: DESK }).pager).toBeNull()
  })

  it.each([
    ['side by side in a wide window', DESK, { left: 0, right: true }],
    ['one below the other on a phone', PHONE, { left: 0, right: false }],
  ])('has two %s', (_, size, { right }) => {
    const [first, second] = layOutStage({ count: 2, large: false, self: false, size }).tiles
    expect(first?.left).toBe(0)
    expect((second?.left ?? 0) > (first?.width ?? 0)).toBe(right)
  })

  it('gives one person the whole window', () => {
    expect(layOutStage({ count: 1, large: false, self: true, size: DESK }).tiles).toEqual([
      { left: 0, top: 0, ...DESK },
    ])
  })

  it('gives a shared screen most of it, with people at the side, or below on a phone', () => {
    const desk = layOutStage({ count: 3, large: true, self: true, size: DESK })
    expect(desk.large?.width).toBeGreaterThan(DESK.width * 0.7)
    expect(desk.tiles.every(({ left }) => left > (desk.large?.width ?? 0))).toBe(true)
    const phone = layOutStage({ count: 3, large: true, self: true, size: PHONE })
    expect(phone.large?.width).toBe(PHONE.width)
    expect(phone.tiles.every(({ top }) => top > (phone.large?.height ?? 0))).toBe(true)
  })

  it('leaves the own picture a free cell beside a shared screen', () => {
    for (const count of COUNTS) {
      const { tiles, self, pager } = layOutStage({ count, large: true, self: true, size: DESK })
      const bottom = pager?.top ?? DESK.height
      const own = {
        left: DESK.width - 12 - (self?.width ?? 0),
        top: bottom - 12 - (self?.height ?? 0),
        width: self?.width ?? 0,
        height: self?.height ?? 0,
      }
      expect({ count, upon: tiles.filter((tile) => overlap(tile, own)) }).toEqual({ count, upon: [] })
    }
  })

  it('has no places before anything has been measured, and everyone on the page', () => {
    const { tiles, perPage } = layOutStage({
      count: 7,
      large: true,
      self: true,
      size: { width: 0, height: 0 },
    })
    expect([tiles, perPage]).toEqual([[], 7])
  })
})
