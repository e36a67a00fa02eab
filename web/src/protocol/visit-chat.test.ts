import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { message } from '../testing/shapes'
import type { Shape } from './api'
import { ApiProblem } from './problem'
import { type ChatDoor, VisitChat } from './visit-chat'

const offline = new ApiProblem({ code: 'offline', status: 0 })
const over = new ApiProblem({ code: 'visit_over', status: 409 })

/** A server's chat: stores once per id; `failing` makes the next sends fail. */
class FakeDoor implements ChatDoor {
  stored: Shape<'ChatMessageView'>[] = []
  failing: ApiProblem | null = null
  /** The message is stored, and the answer lost. */
  answerLost = false

  read = async () => ({ messages: [...this.stored] })

  send = async ({ message_id, text }: Shape<'SendChat'>) => {
    if (this.failing !== null) throw this.failing
    const known = this.stored.find((one) => one.message_id === message_id)
    const sentAt = new Date(Date.UTC(2026, 10, 22, 9, 0, this.stored.length)).toISOString()
    const own = known ?? message(message_id, text, sentAt)
    if (known === undefined) this.stored.push(own)
    if (this.answerLost) throw offline
    return own
  }
}

let door: FakeDoor
let chat: VisitChat
const settle = () => vi.advanceTimersByTimeAsync(0)
const texts = () => chat.view.messages?.map((one) => one.text)

beforeEach(() => {
  vi.useFakeTimers()
  door = new FakeDoor()
  chat = new VisitChat(door, 'kept')
})

afterEach(() => {
  chat.close()
  vi.useRealTimers()
})

describe('the visit chat (S2)', () => {
  it('shows a message at once, and then as stored', async () => {
    await chat.refresh()
    chat.write('Hej')
    expect(chat.view.unsent).toMatchObject([{ text: 'Hej', state: 'sending' }])
    await settle()
    expect(chat.view.unsent).toEqual([])
    expect(texts()).toEqual(['Hej'])
  })

  it('keeps the order through a loss, and sends by itself when the network is back', async () => {
    door.failing = offline
    chat.write('ett')
    chat.write('två')
    await settle()
    expect(chat.view.unsent).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }])
    door.failing = null
    await vi.advanceTimersByTimeAsync(3_000)
    expect(texts()).toEqual(['ett', 'två'])
  })

  it('stores once a message whose answer was lost', async () => {
    door.answerLost = true
    chat.write('bara en gång')
    await settle()
    door.answerLost = false
    await vi.advanceTimersByTimeAsync(3_000)
    expect(door.stored).toHaveLength(1)
    expect(texts()).toEqual(['bara en gång'])
    expect(chat.view.unsent).toEqual([])
  })

  it('takes a message told live and read again as one', async () => {
    const told = message('m1', 'Hej', '2026-11-22T09:00:00Z')
    door.stored = [told]
    chat.receive(told)
    await chat.refresh()
    expect(texts()).toEqual(['Hej'])
  })

  it('sends after a reload what the tab had not sent', async () => {
    door.failing = offline
    chat.write('före')
    await settle()
    chat.close()
    door.failing = null
    chat = new VisitChat(door, 'kept')
    await chat.refresh()
    await settle()
    expect(texts()).toEqual(['före'])
  })

  it('says what the server refuses and sends the rest', async () => {
    door.failing = over
    chat.write('för sent')
    await settle()
    expect(chat.view.unsent).toMatchObject([{ text: 'för sent', state: 'refused' }])
    door.failing = null
    chat.write('nästa')
    await settle()
    expect(texts()).toEqual(['nästa'])
    chat.discard(chat.view.unsent[0]?.message_id ?? '')
    expect(chat.view.unsent).toEqual([])
  })
})
