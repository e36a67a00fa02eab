import { describe, expect, it, vi } from 'vitest'
import { ScreenShares } from './screen-shares'
import { sharedScreen } from './testing/fake-devices'

const sharing = (capture: () => Promise<MediaStream>) => {
  let made = 0
  return new ScreenShares({ capture, newId: () => `s${++made}` })
}
const failing = (name: string) => async () => {
  throw new DOMException('The fake has no screen', name)
}

describe('sharing the screen (C5)', () => {
  it('adds what the person chose', async () => {
    const screens = sharing(async () => sharedScreen({ sound: true }))
    expect(await screens.start()).toBe('shared')
    expect(screens.state).toMatchObject([{ id: 's1', picture: { kind: 'video' }, sound: { kind: 'audio' } }])
  })

  it.each([
    ['NotAllowedError', 'cancelled'],
    ['NotReadableError', 'failed'],
    ['InvalidStateError', 'failed'],
  ])('%s from the picker is %s, and shares nothing', async (name, outcome) => {
    const screens = sharing(failing(name))
    expect(await screens.start()).toBe(outcome)
    expect(screens.state).toEqual([])
  })

  it('stops picture and sound of the one that is stopped', async () => {
    const screens = sharing(async () => sharedScreen({ sound: true }))
    await screens.start()
    await screens.start()
    const [first, second] = screens.state
    screens.stop('s1')
    expect(screens.state).toEqual([second])
    expect([first?.picture.readyState, first?.sound?.readyState]).toEqual(['ended', 'ended'])
    expect(second?.picture.readyState).toBe('live')
  })

  it('takes nothing that is chosen after the call', async () => {
    const late = sharedScreen()
    let choose: (stream: MediaStream) => void = () => undefined
    const screens = sharing(() => new Promise((resolve) => (choose = resolve)))
    const asking = screens.start()
    screens.close()
    choose(late)
    await asking
    expect(screens.state).toEqual([])
    expect(late.getVideoTracks()[0]?.readyState).toBe('ended')
  })

  it('tells of each change once', async () => {
    const screens = sharing(async () => sharedScreen())
    const told = vi.fn()
    screens.subscribe(told)
    await screens.start()
    screens.stop('s1')
    screens.stop('s1')
    expect(told).toHaveBeenCalledTimes(2)
  })
})
