import type { Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'

type Note = Shape<'NoteView'>

/** How the note is read and saved. */
export interface NoteDoor {
  read: () => Promise<Note>
  save: (note: Shape<'SaveNote'>) => Promise<Note>
}

export type NoteState = 'loading' | 'saved' | 'unsaved' | 'saving' | 'waiting' | 'refused' | 'conflict'

export interface NoteSnapshot {
  state: NoteState
  text: string
  /** As it stands on the server, as far as is known. */
  stored: Note | null
  /** Why it could not be read or saved. */
  problem: ApiProblem | null
}

const SAVE_AFTER_MS = 800
const RETRY_AFTER_MS = 5_000

/**
 * Anteckningar that save themselves (S3): a moment after the last key, one save at a time, each on the version it was
 * written on. A colleague's newer note is never written over unasked. What is not saved stays in this tab.
 */
export class NoteKeeper {
  snapshot: NoteSnapshot = { state: 'loading', text: '', stored: null, problem: null }
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly door: NoteDoor,
    private readonly keptAs: string,
  ) {}

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Reads the note. Text that was typed and not saved before a reload comes back, and is saved. */
  async load(): Promise<void> {
    try {
      const stored = await this.door.read()
      const kept = keptText(this.keptAs)
      if (kept === null || kept.text === stored.text)
        this.change({ state: 'saved', text: stored.text, stored })
      else if (kept.version === stored.version) this.edited(kept.text, stored)
      else this.change({ state: 'conflict', text: kept.text, stored })
    } catch (thrown) {
      this.change({ problem: asProblem(thrown) })
    }
  }

  edit(text: string): void {
    const { stored, state } = this.snapshot
    if (stored === null) return
    if (state === 'conflict') this.keep(text, 'conflict')
    else if (state === 'saving') this.keep(text, 'saving')
    else this.edited(text, stored)
  }

  /** Saves at once what waits to be saved: when the page is left, or the connection is back. */
  flush(): void {
    if (this.snapshot.state === 'unsaved' || this.snapshot.state === 'waiting') void this.save()
  }

  /** Another has saved: read again, unless something is being written here; the save then finds out. */
  async refresh(): Promise<void> {
    if (this.snapshot.state === 'saved') await this.load()
  }

  /** Ends a conflict with one's own text, saved on top of the other's. */
  keepMine(): void {
    void this.save()
  }

  /** Ends a conflict with the stored text. */
  keepTheirs(): void {
    const { stored } = this.snapshot
    if (stored !== null) this.settled(stored)
  }

  close(): void {
    this.flush()
    clearTimeout(this.timer)
    this.listeners.clear()
  }

  private edited(text: string, stored: Note): void {
    this.change({ stored })
    this.keep(text, 'unsaved')
    this.saveIn(SAVE_AFTER_MS)
  }

  private keep(text: string, state: NoteState): void {
    const version = this.snapshot.stored?.version ?? 0
    sessionStorage.setItem(this.keptAs, JSON.stringify({ text, version }))
    this.change({ text, state })
  }

  private saveIn(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.save(), ms)
  }

  private async save(): Promise<void> {
    const { text, stored } = this.snapshot
    if (stored === null) return
    clearTimeout(this.timer)
    this.change({ state: 'saving', problem: null })
    try {
      const saved = await this.door.save({ text, version: stored.version })
      if (this.snapshot.text === text) this.settled(saved)
      else this.edited(this.snapshot.text, saved)
    } catch (thrown) {
      await this.failed(asProblem(thrown))
    }
  }

  private async failed(problem: ApiProblem): Promise<void> {
    if (problem.code === 'changed_meanwhile') await this.meetOther()
    else if (problem.retryable) {
      this.change({ state: 'waiting', problem })
      this.saveIn(RETRY_AFTER_MS)
    } else this.change({ state: 'refused', problem })
  }

  /** The other's text may be one's own: a save whose answer was lost. */
  private async meetOther(): Promise<void> {
    try {
      const stored = await this.door.read()
      if (stored.text === this.snapshot.text) this.settled(stored)
      else this.change({ state: 'conflict', stored })
    } catch (thrown) {
      this.change({ state: 'waiting', problem: asProblem(thrown) })
      this.saveIn(RETRY_AFTER_MS)
    }
  }

  private settled(stored: Note): void {
    sessionStorage.removeItem(this.keptAs)
    this.change({ state: 'saved', text: stored.text, stored, problem: null })
  }

  private change(changes: Partial<NoteSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...changes }
    for (const listener of this.listeners) listener()
  }
}

function keptText(name: string): { text: string; version: number } | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? 'null')
    const value = kept as { text?: unknown; version?: unknown } | null
    if (typeof value?.text !== 'string' || typeof value.version !== 'number') return null
    return { text: value.text, version: value.version }
  } catch {
    return null
  }
}
