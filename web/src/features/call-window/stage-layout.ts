/** Where each tile stands in the window. Pure: pixels in, pixels out. */

export interface Size {
  width: number
  height: number
}

export interface Rect extends Size {
  left: number
  top: number
}

export interface StageWish {
  /** Tiles beside the large one. */
  count: number
  /** One stands large, the others at the side. */
  large: boolean
  /** The own picture is shown, in a corner. */
  self: boolean
  size: Size
}

export interface StageLayout {
  large: Rect | null
  /** One for each tile of a page, in their order. */
  tiles: Rect[]
  perPage: number
  /** Where one turns the page; null when all have room. */
  pager: Rect | null
  /** What the own picture may take in order not to stand in the way; null: as much as it likes. */
  self: Size | null
}

export const GAP = 8
export const PAGER_HEIGHT = 52
/** In a smaller tile neither face nor name is recognised. */
const SMALLEST: Size = { width: 140, height: 110 }
const FACE = 16 / 9
/** What a tile may be at its widest and narrowest without cutting off faces. */
const WIDEST = 2
const NARROWEST = 0.7
/** A free cell for the own picture may cost the tiles this much of their area. */
const WORTH_A_CELL = 0.7
/** Where there is no free cell, the own picture takes this much of a tile. */
const SELF_SHARE = 0.4
const SELF_WIDTHS = { smallest: 92, largest: 240 }
/** Between the own picture and the window's edge. */
const SELF_MARGIN = 12

export function layOutStage({ count, large, self, size }: StageWish): StageLayout {
  const whole: Rect = { left: 0, top: 0, ...size }
  // A phone's own picture stands upright.
  const ratio = size.width > size.height ? 4 / 3 : 3 / 4
  // Nothing has been measured yet.
  if (size.width === 0) return { large: null, ...NO_TILES, perPage: count }
  if (!large)
    return { large: null, ...fill(whole, count, freeCell(self, hasRoomForMore(count, size)), ratio) }
  if (count === 0) return { large: whole, ...NO_TILES }
  const [main, side] = split(size)
  return { large: main, ...fill(side, count, freeCell(self, true, 'always'), ratio) }
}

const NO_TILES = { tiles: [], perPage: 1, pager: null, self: null }

/** Whether a cell is left free for the own picture: if it does not cost much, or at any cost. */
type FreeCell = 'no' | 'cheap' | 'always'

function freeCell(self: boolean, many: boolean, kind: FreeCell = 'cheap'): FreeCell {
  return self && many ? kind : 'no'
}

/** Two side by side stand higher than they need: the own picture covers none of their faces. */
function hasRoomForMore(count: number, { width, height }: Size): boolean {
  return count > 2 || (count === 2 && height > width)
}

/** Side by side in a wide window, one below the other in a high one. */
function split({ width, height }: Size): [main: Rect, side: Rect] {
  if (width > height) {
    const side = Math.round(clamp(width * 0.2, SMALLEST.width, 280))
    const main = width - side - GAP
    return [
      { left: 0, top: 0, width: main, height },
      { left: main + GAP, top: 0, width: side, height },
    ]
  }
  const main = Math.round(clamp(width / FACE, height * 0.4, height * 0.6))
  return [
    { left: 0, top: 0, width, height: main },
    { left: 0, top: main + GAP, width, height: height - main - GAP },
  ]
}

type Filled = Omit<StageLayout, 'large'>

function fill(area: Rect, count: number, free: FreeCell, selfRatio: number): Filled {
  if (count + (free === 'always' ? 1 : 0) <= mostCells(area)) return arrange(area, count, free, selfRatio)
  const paged = { ...area, height: area.height - PAGER_HEIGHT - GAP }
  const perPage = Math.max(1, mostCells(paged) - (free === 'no' ? 0 : 1))
  const pager = { ...area, top: area.top + paged.height + GAP, height: PAGER_HEIGHT }
  return {
    ...arrange(paged, Math.min(count, perPage), free === 'no' ? 'no' : 'always', selfRatio),
    pager,
  }
}

function arrange(area: Rect, count: number, free: FreeCell, selfRatio: number): Filled {
  const plain = bestGrid(area, count)
  const roomy = bestGrid(area, count + 1)
  const cost = faceArea(roomy.tile) / faceArea(plain.tile)
  const isFree = free === 'always' || (free === 'cheap' && count < mostCells(area) && cost >= WORTH_A_CELL)
  const grid = isFree ? roomy : plain
  const self = free === 'no' ? null : selfSize(grid.tile, isFree, selfRatio)
  return { tiles: place(area, grid, count, !isFree), perPage: count, pager: null, self }
}

function selfSize(tile: Size, isFree: boolean, ratio: number): Size {
  const room = isFree ? { width: tile.width - SELF_MARGIN, height: tile.height - SELF_MARGIN } : part(tile)
  const wanted = Math.min(room.width, room.height * ratio)
  const own = Math.round(clamp(wanted, SELF_WIDTHS.smallest, SELF_WIDTHS.largest))
  return { width: own, height: Math.round(own / ratio) }
}

function part({ width, height }: Size): Size {
  return { width: width * SELF_SHARE, height: height * SELF_SHARE }
}

interface Grid {
  columns: number
  tile: Size
}

/** The number of columns that gives faces the most room. */
function bestGrid(area: Size, cells: number): Grid {
  const grids = Array.from({ length: Math.max(1, cells) }, (_, index) => gridOf(area, cells, index + 1))
  return grids.reduce((best, grid) => (faceArea(grid.tile) > faceArea(best.tile) ? grid : best))
}

function gridOf(area: Size, cells: number, columns: number): Grid {
  const rows = Math.max(1, Math.ceil(cells / columns))
  const width = (area.width - GAP * (columns - 1)) / columns
  const height = (area.height - GAP * (rows - 1)) / rows
  if (cells === 1) return { columns, tile: { width, height } }
  return {
    columns,
    tile: { width: Math.min(width, height * WIDEST), height: Math.min(height, width / NARROWEST) },
  }
}

function faceArea({ width, height }: Size): number {
  const face = Math.max(0, Math.min(width, height * FACE))
  return face * (face / FACE)
}

/** Row by row in the middle of the area; a last row that is not full stands in the middle too, or leaves its end free. */
function place(area: Rect, { columns, tile }: Grid, count: number, centred: boolean): Rect[] {
  const rows = Math.ceil((centred ? count : count + 1) / columns)
  const top = area.top + (area.height - spanOf(rows, tile.height)) / 2
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = centred ? Math.min(columns, count - row * columns) : columns
    const left = area.left + (area.width - spanOf(inRow, tile.width)) / 2
    return {
      left: Math.round(left + (index % columns) * (tile.width + GAP)),
      top: Math.round(top + row * (tile.height + GAP)),
      width: Math.floor(tile.width),
      height: Math.floor(tile.height),
    }
  })
}

function spanOf(count: number, length: number): number {
  return count * length + (count - 1) * GAP
}

function mostCells({ width, height }: Size): number {
  const fits = (length: number, smallest: number) =>
    Math.max(1, Math.floor((length + GAP) / (smallest + GAP)))
  return fits(width, SMALLEST.width) * fits(height, SMALLEST.height)
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
