import { render, screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '../../protocol/problem'
import { type CallRating, Rating } from './Rating'

function open(rate: (rating: CallRating) => Promise<unknown> = async () => undefined) {
  const sent = vi.fn(rate)
  const onDone = vi.fn()
  render(<Rating title="Samtalet är avslutat" rate={sent} onDone={onDone} />)
  return { user: userEvent.setup(), sent, onDone }
}

const choose = (name: string) => screen.getByRole('radio', { name })
const button = (name: string) => screen.getByRole('button', { name })

describe('the rating (C9)', () => {
  it.each([
    ['Bra', 4],
    ['Utmärkt', 5],
  ])('%s asks nothing more', async (name, score) => {
    const { user, sent, onDone } = open()
    await user.click(choose(name))
    expect(screen.queryByText('Vad fungerade mindre bra?')).toBeNull()
    await user.click(button('Skicka'))
    expect(sent).toHaveBeenCalledWith({ score, problems: [], text: '' })
    expect(onDone).toHaveBeenCalled()
  })

  it.each([
    ['Mycket dålig', 1],
    ['Dålig', 2],
    ['Medel', 3],
  ])('%s asks what was wrong', async (name, score) => {
    const { user, sent } = open()
    await user.click(choose(name))
    await user.click(screen.getByRole('checkbox', { name: 'Bilden' }))
    await user.type(screen.getByRole('textbox', { name: 'Berätta mer, om du vill' }), 'Suddigt')
    await user.click(button('Skicka'))
    expect(sent).toHaveBeenCalledWith({ score, problems: ['picture'], text: 'Suddigt' })
  })

  it('forgets what was wrong when it is good after all', async () => {
    const { user, sent } = open()
    await user.click(choose('Dålig'))
    await user.click(screen.getByRole('checkbox', { name: 'Ljudet' }))
    await user.click(choose('Bra'))
    await user.click(button('Skicka'))
    expect(sent).toHaveBeenCalledWith({ score: 4, problems: [], text: '' })
  })

  it('sends nothing before a choice, and can be skipped', async () => {
    const { user, sent, onDone } = open()
    await user.click(button('Skicka'))
    expect(sent).not.toHaveBeenCalled()
    await user.click(button('Hoppa över'))
    expect(onDone).toHaveBeenCalled()
    expect(sent).not.toHaveBeenCalled()
  })

  it('that the network lost can be sent again', async () => {
    const { user, onDone } = open(async () => {
      throw new ApiProblem({ code: 'offline', status: 0 })
    })
    await user.click(choose('Bra'))
    await user.click(button('Skicka'))
    expect(await screen.findByRole('alert')).toBeVisible()
    expect(onDone).not.toHaveBeenCalled()
  })

  it('that nobody takes any more holds nobody up', async () => {
    const { user, onDone } = open(async () => {
      throw new ApiProblem({ code: 'not_logged_in', status: 401 })
    })
    await user.click(choose('Bra'))
    await user.click(button('Skicka'))
    await vi.waitFor(() => expect(onDone).toHaveBeenCalled())
  })
})
