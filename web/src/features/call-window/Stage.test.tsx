import { render, screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { RemoteParticipant } from '../../call/call-state'
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
const PEOPLE = [person('Anna'), person('Bo'), person('Eva')]

function draw(participants: RemoteParticipant[], speaking: string[] = []) {
  const stage = (heard: string[]) => (
    <Stage
      participants={participants}
      speaking={heard}
      layout="active"
      views={new ViewReporter(async () => undefined)}
      alone={<p>Väntar</p>}
    />
  )
  const { rerender } = render(stage(speaking))
  return (heard: string[]) => rerender(stage(heard))
}

const tile = (name: string) => screen.getByText(name).closest('li')
const large = () => screen.getAllByRole('listitem').filter((each) => each.hasAttribute('data-large'))

describe('the stage', () => {
  it('says whom one waits for while nobody else is there', () => {
    draw([])
    expect(screen.getByText('Väntar')).toBeVisible()
  })

  it('shows each with name, role and what the picture cannot tell', () => {
    draw([person('Anna', { connected: false })])
    expect(tile('Anna')).toHaveTextContent('Patient')
    expect(tile('Anna')).toHaveTextContent('Tappade anslutningen')
    expect(screen.getByRole('img', { name: 'Mikrofonen av' })).toBeVisible()
  })

  it('has who speaks large, and keeps them when it is quiet', () => {
    const hear = draw(PEOPLE)
    expect(large()).toEqual([tile('Anna')])
    hear(['Bo'])
    expect(large()).toEqual([tile('Bo')])
    hear([])
    expect(large()).toEqual([tile('Bo')])
  })

  it('never moves a tile, as a moved picture stops', () => {
    const hear = draw(PEOPLE)
    const before = screen.getAllByRole('listitem')
    hear(['Eva'])
    expect(screen.getAllByRole('listitem')).toEqual(before)
  })
})
