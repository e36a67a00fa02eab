import { describe, expect, it } from 'vitest'
import type { RemoteMedia, RemoteParticipant } from '../../call/call-state'
import { bringForward, keepOrder, largeItem, stageItems } from './stage-items'

const share = (producerId: string, kind: 'video' | 'audio' = 'video'): RemoteMedia => ({
  consumerId: `of ${producerId}`,
  producerId,
  kind,
  track: null,
  paused: false,
  held: false,
})
const person = (id: string, ...screens: RemoteMedia[]): RemoteParticipant => ({
  id,
  name: id,
  role: 'guest',
  connected: true,
  media: {},
  screens,
})
const NOTHING = { pinned: null, newestShare: null, speaker: null }

describe('what stands on the stage', () => {
  it('is each shared screen, then each person; a shared sound is not seen', () => {
    const items = stageItems([
      person('Anna', share('s1'), share('sound', 'audio')),
      person('Bo', share('s2')),
    ])
    expect(items.map(({ key }) => key)).toEqual(['s1', 's2', 'Anna', 'Bo'])
  })

  it.each([
    [{ ...NOTHING, pinned: 'Bo', newestShare: 's1', speaker: 'Anna' }, 'Bo'],
    [{ ...NOTHING, newestShare: 's1', speaker: 'Anna' }, 's1'],
    [{ ...NOTHING, speaker: 'Anna' }, 'Anna'],
    [{ ...NOTHING, pinned: 'gone', newestShare: 's1' }, 's1'],
    [NOTHING, undefined],
  ])('has large, by %j: %s', (wish, expected) => {
    expect(largeItem(stageItems([person('Anna', share('s1')), person('Bo')]), wish)?.key).toBe(expected)
  })

  it('has nobody large who is alone there', () => {
    expect(largeItem(stageItems([person('Anna')]), { ...NOTHING, pinned: 'Anna' })).toBeNull()
  })
})

describe('who has no room on the first page', () => {
  const order = ['a', 'b', 'c', 'd', 'e']

  it('comes there when they speak, in place of whom nobody has heard for the longest', () => {
    const spoke = new Map([
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ])
    expect(bringForward(order, 3, 'e', spoke)).toEqual(['e', 'b', 'c', 'd', 'a'])
  })

  it('takes the last place of those who have never spoken', () => {
    expect(bringForward(order, 3, 'd', new Map([['a', 1]]))).toEqual(['a', 'b', 'd', 'c', 'e'])
  })

  it('changes nothing when they stand there already', () => {
    expect(bringForward(order, 3, 'b', new Map())).toEqual(order)
  })

  it('keeps the order while people come and go', () => {
    expect(keepOrder(['c', 'a', 'b'], ['a', 'b', 'c', 'd'])).toEqual(['c', 'a', 'b', 'd'])
    expect(keepOrder(['c', 'a', 'b'], ['a', 'c'])).toEqual(['c', 'a'])
  })
})
