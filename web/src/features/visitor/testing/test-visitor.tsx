/** What a visitor's page reads, and how it is used. */

import { render, screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api'
import { FakeSocket } from '../../../testing/fake-socket'
import { liveSocket } from '../../../testing/render-page'
import type { View } from '../use-visit'
import { VisitorPages } from '../VisitorPages'

export const view = (changes: Partial<View> = {}): View => ({
  stage: 'admitted',
  role: 'patient',
  csrf_token: 'csrf-v',
  participant_id: 'p-anna',
  my_name: 'Anna Alm',
  org_name: 'Region Halland',
  unit_name: 'Hudmottagningen',
  clinician_name: 'Karin Ek',
  starts_at: '2026-11-22T08:30:00Z',
  ends_at: '2026-11-22T09:00:00Z',
  status: 'bokat',
  clinician: 'not_here',
  may_chat: true,
  call: null,
  last_call_id: null,
  form: 'individual',
  group: false,
  display_name: '',
  language: 'sv',
  late: null,
  moved: false,
  can_cancel: false,
  cancel_until: null,
  contact_phone: '+46313900600',
  ...changes,
})
export const BEFORE = view({ stage: 'identify', my_name: '', clinician_name: '', unit_name: '' })
export const order = {
  provider: 'bankid',
  status: 'pending',
  hint_code: 'outstandingTransaction',
  text_id: 'RFA1',
  qr: 'bankid.x',
  auto_start_token: 'ast',
}

const CLOSED = 3

/** jsdom has no sound. */
class SilentAudio {
  currentTime = 0
  destination = {}
  createOscillator = () => ({ frequency: {}, connect: (to: unknown) => to, start() {}, stop() {} })
  createGain = () => ({
    gain: { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} },
    connect() {},
  })
  close = async () => undefined
}

/** A visitor's page and the server that it reads; `shown` is the visit as the server has it now. */
export class TestVisitor {
  shown = view()
  readonly replies: Record<string, unknown> = {
    'POST /links/open': () => this.shown,
    'GET /visitor': () => this.shown,
    'GET /visitor/settings': {
      eid_providers: ['bankid', 'freja'],
      eid_app_url: 'http://localhost:8001/bankid/app',
      freja_app_url: 'http://localhost:8001/freja/app',
    },
    'GET /visitor/chat': { messages: [] },
    'POST /visitor/eid': order,
    'POST /visitor/eid/collect': order,
    'DELETE /visitor/eid': {},
  }
  readonly server = fakeApi(this.replies)

  constructor() {
    FakeSocket.install()
    vi.stubGlobal('AudioContext', SilentAudio)
  }

  open(address = '/b') {
    window.history.replaceState(null, '', address)
    render(<VisitorPages />)
    return userEvent.setup()
  }

  async intoWaitingRoom() {
    const user = this.open()
    await user.click(await screen.findByRole('button', { name: 'Hoppa över' }))
    await heading('Du är i väntrummet')
    return user
  }

  /** Live connections that are open or being opened: each is a person who waits. */
  sockets(): number {
    return FakeSocket.all.filter(({ readyState }) => readyState !== CLOSED).length
  }

  /** The visit has changed, and the open page is told. */
  async told(changes: Partial<View>) {
    this.shown = view(changes)
    const live = await liveSocket()
    live.tell({ type: 'visit.changed', visit_id: 'v1', version: 2 })
  }
}

/** A link that is dead, with who sent it. */
export function deadLink(form: View['form'], phone: string, role: View['role'] = 'patient'): Response {
  const sender = { name: 'Region Halland', phone, form, role }
  const problem = { title: 'Gone', status: 410, code: 'link_cancelled', detail: '', sender }
  return new Response(JSON.stringify(problem), { status: 410 })
}

export const heading = (name: string | RegExp) => screen.findByRole('heading', { name, level: 1 })
export const button = (name: string) => screen.getByRole('button', { name })
