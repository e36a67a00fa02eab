import { render, screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { type EndReason, INITIAL_STATE } from '../../call/call-state'
import { CallEnd } from './CallEnd'

function end(endReason: EndReason, goesOn: boolean) {
  const onAgain = vi.fn()
  const state = { ...INITIAL_STATE, phase: 'ended', endReason, callId: 'c1', joinedAtMs: 1 } as const
  render(
    <CallEnd
      state={state}
      goesOn={goesOn}
      rate={async () => undefined}
      onAgain={onAgain}
      onDone={() => undefined}
    />,
  )
  return { user: userEvent.setup(), onAgain }
}

describe('who has left a call (C8)', () => {
  it('has the way back at hand while it goes on, whether or not they say how it was', async () => {
    const { user, onAgain } = end('left', true)
    expect(screen.getByText('Hur fungerade ljud och bild?')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Anslut igen' }))
    expect(onAgain).toHaveBeenCalled()
  })

  it.each([
    ['left', false],
    ['ended_by_staff', true],
    ['no_staff', true],
  ] as const)('%s: has none to a call that is over', (reason, goesOn) => {
    end(reason, goesOn)
    expect(screen.queryByRole('button', { name: 'Anslut igen' })).toBeNull()
  })
})
