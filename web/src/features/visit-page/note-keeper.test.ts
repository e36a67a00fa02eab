import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Shape } from '../../protocol/api'
import { ApiProblem } from '../../protocol/problem'
import { type NoteDoor, NoteKeeper } from './note-keeper'

/** A server's note under its version. */
class FakeDoor implements NoteDoor {
  note: Shape<'NoteView'> = {
    text: 'före',
    version: 1,
    saved_at: '2026-11-22T08:41:00Z',
    saved_by: 'Karin Ek',
  }
  saves = 0
  failing: ApiProblem | null = null

  read = async () => this.note

  save = async ({ text, version }: Shape<'SaveNote'>) => {
    this.saves += 1
    if (this.failing !== null) throw this.failing
    if (version !== this.note.version) throw new ApiProblem({ code: 'changed_meanwhile', status: 409 })
    return this.write(text, 'Karin Ek')
  }

  write(text: string, by: string): Shape<'NoteView'> {
    this.note = { text, version: this.note.version + 1, saved_at: '2026-11-22T08:42:00Z', saved_by: by }
    return this.note
  }
}

let door: FakeDoor
let keeper: NoteKeeper
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(async () => {
  vi.useFakeTimers()
  door = new FakeDoor()
  keeper = new NoteKeeper(door, 'kept')
  await keeper.load()
})

afterEach(() => {
  keeper.close()
  vi.useRealTimers()
})

describe('anteckningar (S3)', () => {
  it('are saved a moment after the last key, in one save', async () => {
    keeper.edit('f')
    keeper.edit('fö')
    keeper.edit('för')
    expect(keeper.snapshot.state).toBe('unsaved')
    await pass(800)
    expect(door.saves).toBe(1)
    expect(door.note.text).toBe('för')
    expect(keeper.snapshot).toMatchObject({ state: 'saved', text: 'för' })
  })

  it('keep what is typed while a save is under way', async () => {
    keeper.edit('ett')
    keeper.flush()
    keeper.edit('ett två')
    await pass(800)
    expect(keeper.snapshot).toMatchObject({ state: 'saved', text: 'ett två' })
    expect(door.note.text).toBe('ett två')
  })

  it('try again by themselves while the network is away', async () => {
    door.failing = new ApiProblem({ code: 'offline', status: 0 })
    keeper.edit('utan nät')
    await pass(800)
    expect(keeper.snapshot).toMatchObject({ state: 'waiting', text: 'utan nät' })
    door.failing = null
    await pass(5_000)
    expect(door.note.text).toBe('utan nät')
  })

  it("never write over a colleague's newer note unasked", async () => {
    door.write('kollegans', 'Olle Lind')
    keeper.edit('min')
    await pass(800)
    expect(keeper.snapshot).toMatchObject({ state: 'conflict', text: 'min', stored: { text: 'kollegans' } })
    keeper.edit('min, mer')
    await pass(10_000)
    expect(door.note.text).toBe('kollegans')
  })

  it('end a conflict with my text, or with the stored one', async () => {
    door.write('kollegans', 'Olle Lind')
    keeper.edit('min')
    await pass(800)
    keeper.keepMine()
    await pass(0)
    expect(door.note.text).toBe('min')
    door.write('kollegans igen', 'Olle Lind')
    keeper.edit('min igen')
    await pass(800)
    keeper.keepTheirs()
    expect(keeper.snapshot).toMatchObject({ state: 'saved', text: 'kollegans igen' })
  })

  it('take a save whose answer was lost for saved', async () => {
    keeper.edit('samma')
    door.write('samma', 'Karin Ek')
    await pass(800)
    expect(keeper.snapshot).toMatchObject({ state: 'saved', text: 'samma' })
  })

  it('come back after a reload, and are saved then', async () => {
    keeper.edit('inte sparat')
    const reloaded = new NoteKeeper(door, 'kept')
    door.failing = new ApiProblem({ code: 'offline', status: 0 })
    keeper.close()
    await pass(0)
    door.failing = null
    await reloaded.load()
    expect(reloaded.snapshot).toMatchObject({ state: 'unsaved', text: 'inte sparat' })
    await pass(800)
    expect(door.note.text).toBe('inte sparat')
  })

  it("show a colleague's new text when nothing is being written", async () => {
    door.write('kollegans', 'Olle Lind')
    await keeper.refresh()
    expect(keeper.snapshot).toMatchObject({ state: 'saved', text: 'kollegans' })
  })

  it('say when the server will not have them', async () => {
    door.failing = new ApiProblem({ code: 'not_allowed', status: 403 })
    keeper.edit('nej')
    await pass(800)
    expect(keeper.snapshot).toMatchObject({ state: 'refused', text: 'nej' })
    await pass(60_000)
    expect(door.saves).toBe(1)
  })
})
