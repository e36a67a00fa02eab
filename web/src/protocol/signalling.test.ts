import { describe, expect, it } from 'vitest'
import contract from '../../../tests/contracts/signalling.json'
import { closeReason, type DataOf, encodeRequest, type Method, parseFrame, SUBPROTOCOL } from './signalling'

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

describe('signalling, against the examples that the media server replays too', () => {
  it('speaks the same subprotocol', () => {
    expect(SUBPROTOCOL).toBe(contract.subprotocol)
  })

  it.each(Object.entries(contract.requests))('writes the request %s as in its example', (_, example) => {
    const { id, method, data } = example as { id: number; method: Method; data: DataOf<Method> }
    expect(JSON.parse(encodeRequest(id, method, data))).toEqual(example)
  })

  it.each([...Object.entries(contract.answers), ...Object.entries(contract.errors)])(
    'reads the answer %s',
    (_, example) => {
      expect(parseFrame(JSON.stringify(example))).toEqual({ type: 'answer', answer: example })
    },
  )

  it.each(Object.entries(contract.notifications))('reads the notification %s', (_, example) => {
    expect(parseFrame(JSON.stringify(example))).toEqual({ type: 'notification', notification: example })
  })

  it.each(Object.entries(contract.closeCodes))('names the close code %s', (name, code) => {
    expect(closeReason(code)).toBe(snake(name))
  })

  it('takes any other close code as a lost connection', () => {
    expect([1001, 1006, 4999].map(closeReason)).toEqual(['lost', 'lost', 'lost'])
  })

  it.each([
    '',
    'null',
    '[]',
    '{',
    '7',
    '{"id":"1","ok":true,"data":{}}',
    '{"id":1,"ok":false}',
    '{"event":"chat"}',
  ])('passes over the frame %j', (frame) => {
    expect(parseFrame(frame)).toBeNull()
  })

  it('passes over an event that only a newer server knows', () => {
    expect(parseFrame('{"event":"handRaised","data":{}}')).toBeNull()
  })
})
