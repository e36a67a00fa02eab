/** Identification by e-ID, from the order to its end; polls each second, so that the QR code moves (G6). */

import { Store } from '../../call/store'
import type { Shape } from '../../protocol/api'
import { ApiProblem } from '../../protocol/problem'

export type EidMethod = 'qr' | 'same_device'

export type EidState =
  | { phase: 'starting' }
  | { phase: 'pending'; qr: string | null; autoStartToken: string; textId: string }
  | { phase: 'failed'; textId: string }
  | { phase: 'wrong_person' }
  | { phase: 'unavailable'; problem: ApiProblem }
  | { phase: 'complete' }

export interface EidPort {
  start: () => Promise<Shape<'EidView'>>
  /** `opened`: the app was opened on this device, which changes the words. */
  collect: (opened: boolean) => Promise<Shape<'EidView'>>
  cancel: () => Promise<unknown>
}

const POLL_MS = 1_000
/** An order lives half a minute; finding one's phone may take longer, so the code is renewed for a while. */
export const MAX_RENEWALS = 6
const RENEWABLE: ReadonlySet<string> = new Set(['startFailed', 'expiredTransaction'])
/** While the app is in front, a phone may cut the page off from the network; and a provider may stumble. */
const MAX_SILENT_POLLS = 20
const MAX_FAILED_POLLS = 4

export class EidFlow extends Store<EidState> {
  readonly #port: EidPort
  method: EidMethod
  opened = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #renewals = 0
  #silentPolls = 0
  #failedPolls = 0
  #stopped = false

  constructor(port: EidPort, method: EidMethod) {
    super({ phase: 'starting' })
    this.#port = port
    this.method = method
  }

  async start(): Promise<void> {
    this.#stopped = false
    clearTimeout(this.#timer)
    this.update(() => ({ phase: 'starting' }))
    await this.#ask(this.#port.start)
  }

  /** Goes on with an order that this page, or an earlier one, has started; also after `stop`. */
  async resume(): Promise<void> {
    this.#stopped = false
    clearTimeout(this.#timer)
    await this.#ask(async () => this.#collect().catch(startIfGone(this.#port.start)))
  }

  /** Stops polling, and withdraws the order unless the app has been opened with it. */
  stop(withdraw: boolean): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    const { phase } = this.state
    if (withdraw && (phase === 'starting' || phase === 'pending')) this.#port.cancel().catch(() => undefined)
  }

  async #ask(request: () => Promise<Shape<'EidView'>>): Promise<void> {
    try {
      const view = await request()
      this.#silentPolls = 0
      this.#failedPolls = 0
      if (!this.#stopped) await this.#take(view)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (!this.#stopped) this.#fail(error)
    }
  }

  async #take(view: Shape<'EidView'>): Promise<void> {
    if (view.status === 'complete') this.update(() => ({ phase: 'complete' }))
    else if (view.status === 'pending') this.#pending(view)
    else if (this.#mayRenew(view.hint_code)) await this.#renew()
    else this.update(() => ({ phase: 'failed', textId: view.text_id }))
  }

  #pending({ qr, auto_start_token, text_id }: Shape<'EidView'>): void {
    this.update(() => ({ phase: 'pending', qr, autoStartToken: auto_start_token, textId: text_id }))
    this.#pollSoon()
  }

  #pollSoon(): void {
    this.#timer = setTimeout(() => void this.#ask(() => this.#collect()), POLL_MS)
  }

  #collect(): Promise<Shape<'EidView'>> {
    return this.#port.collect(this.opened)
  }

  #mayRenew(hintCode: string): boolean {
    return this.method === 'qr' && RENEWABLE.has(hintCode) && this.#renewals < MAX_RENEWALS
  }

  async #renew(): Promise<void> {
    this.#renewals += 1
    await this.#ask(this.#port.start)
  }

  #fail(problem: ApiProblem): void {
    if (problem.code === 'wrong_person') this.update(() => ({ phase: 'wrong_person' }))
    else if (this.state.phase === 'pending' && this.#mayPollAgain(problem)) this.#pollSoon()
    else this.update(() => ({ phase: 'unavailable', problem }))
  }

  #mayPollAgain(problem: ApiProblem): boolean {
    if (problem.status === 0) return this.#silentPolls++ < MAX_SILENT_POLLS
    return problem.code === 'eid_unavailable' && this.#failedPolls++ < MAX_FAILED_POLLS
  }
}

const GONE: ReadonlySet<number> = new Set([404, 409])

function startIfGone(start: EidPort['start']) {
  return (error: unknown) => {
    if (error instanceof ApiProblem && GONE.has(error.status)) return start()
    throw error
  }
}
