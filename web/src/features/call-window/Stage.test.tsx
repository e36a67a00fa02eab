import { render, screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { RemoteMedia, RemoteParticipant } from '../../call/call-state'
import { ViewReporter } from '../../call/view-reporter'
import { Stage } from './Stage'

const person = (id: string, changes: Partial<RemoteParticipant> = {}): RemoteParticipant => ({
  id,
  name: id,
  role: 'patient',
  connected: true,
  media: {},
  screens: [],
  ...changes,
})
const picture = (id: string, changes: Partial<RemoteMedia> = {}): RemoteMedia => ({
  consumerId: id,
  producerId: id,
  kind: 'video',
  track: null,
  paused: false,
  held: false,
  ...changes,
})
const PEOPLE = [person('Anna'), person('Bo'), person('Eva')]
const VIEWS = new ViewReporter(async () => undefined)

type Changes = Partial<Parameters<typeof Stage>[0]>

function draw(first: Changes) {
  const stage = (changes: Changes) => (
    <Stage
      participants={PEOPLE}
      qualities={{}}
      speaker={null}
      mode="grid"
      pinned={null}
      soundOnly={false}
      views={VIEWS}
      alone={<p>Väntar</p>}
      self={null}
      onPin={() => undefined}
      onShowHeld={() => undefined}
      {...first}
      {...changes}
    />
  )
  const { rerender } = render(stage({}))
  return (changes: Changes) => rerender(stage(changes))
}

const tile = (name: string) => screen.getByText(name).closest('li')
const large = () => screen.getAllByRole('listitem').filter((each) => each.hasAttribute('data-large'))

describe('the stage', () => {
  it('says whom one waits for while nobody else is there', () => {
    draw({ participants: [] })
    expect(screen.getByText('Väntar')).toBeVisible()
  })

  it('shows each with name, role and what the picture cannot tell', () => {
    draw({ participants: [person('Anna', { connected: false })] })
    expect(tile('Anna')).toHaveTextContent('Patient')
    expect(tile('Anna')).toHaveTextContent('Tappade anslutningen')
    expect(screen.getByRole('img', { name: 'Mikrofonen av' })).toBeVisible()
  })

  it('says in words how well someone is connected', () => {
    draw({ qualities: { Bo: { id: 'Bo', up: 5, down: 2 } } })
    expect(tile('Bo')).toHaveTextContent('Svag uppkoppling')
    expect(tile('Anna')).not.toHaveTextContent('uppkoppling')
  })

  it('marks who speaks, unless they are muted', () => {
    const loud = person('Bo', { media: { microphone: picture('m', { kind: 'audio' }) } })
    const again = draw({ participants: [person('Anna'), loud], speaker: 'Bo' })
    expect(tile('Bo')).toHaveAttribute('data-speaking')
    again({ participants: [person('Anna'), loud], speaker: 'Anna' })
    expect(tile('Anna')).not.toHaveAttribute('data-speaking')
  })

  it('has who speaks large, when asked to, and keeps them when it is quiet', () => {
    const again = draw({ mode: 'active' })
    expect(large()).toEqual([tile('Anna')])
    again({ speaker: 'Bo' })
    expect(large()).toEqual([tile('Bo')])
    again({ speaker: null })
    expect(large()).toEqual([tile('Bo')])
  })

  it('has what was shared last large, with its owner at the side (C5)', () => {
    const again = draw({ participants: [person('Anna', { screens: [picture('s1')] }), person('Bo')] })
    expect(large()).toEqual([tile('Skärm: Anna')])
    expect(tile('Anna')).not.toHaveAttribute('data-large')
    again({
      participants: [
        person('Anna', { screens: [picture('s1')] }),
        person('Bo', { screens: [picture('s2')] }),
      ],
    })
    expect(large()).toEqual([tile('Skärm: Bo')])
    again({ participants: [person('Anna'), person('Bo')] })
    expect(large()).toEqual([])
  })

  it('has what is pinned large, whatever is shared and whoever speaks (C4b)', async () => {
    const onPin = vi.fn()
    const shared = [person('Anna', { screens: [picture('s1')] }), person('Bo')]
    const again = draw({ participants: shared, onPin })
    await userEvent.click(screen.getByRole('button', { name: 'Fäst Bo' }))
    expect(onPin).toHaveBeenCalledWith('Bo')
    again({ participants: shared, onPin, pinned: 'Bo', speaker: 'Anna', mode: 'active' })
    expect(large()).toEqual([tile('Bo')])
    expect(screen.getByRole('button', { name: 'Fäst Bo', pressed: true })).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Fäst Bo' }))
    expect(onPin).toHaveBeenLastCalledWith(null)
  })

  it('has nothing to pin when there is one tile', () => {
    draw({ participants: [person('Anna')] })
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('says that a picture has no room, and shows it when asked (C11)', async () => {
    const onShowHeld = vi.fn()
    const held = person('Anna', { media: { camera: picture('c1', { held: true }) } })
    draw({ participants: [held, person('Bo')], onShowHeld })
    expect(tile('Anna')).toHaveTextContent('Bilden är pausad: svag uppkoppling')
    await userEvent.click(screen.getByRole('button', { name: 'Visa ändå Anna' }))
    expect(onShowHeld).toHaveBeenCalledWith('c1')
  })

  it('never takes a tile out of the page or moves it, as a moved picture stops', () => {
    const again = draw({ mode: 'active' })
    const before = screen.getAllByRole('listitem')
    const moved: Node[] = []
    const watcher = new MutationObserver((records) => {
      for (const { removedNodes } of records) moved.push(...removedNodes)
    })
    watcher.observe(document.body, { childList: true, subtree: true })
    again({ speaker: 'Eva' })
    again({ participants: [person('Anna', { screens: [picture('s1')] }), ...PEOPLE.slice(1)] })
    for (const { removedNodes } of watcher.takeRecords()) moved.push(...removedNodes)
    expect(moved.filter((node) => node instanceof HTMLLIElement)).toEqual([])
    expect(screen.getAllByRole('listitem')).toEqual(expect.arrayContaining(before))
  })
})
