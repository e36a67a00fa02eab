import { render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { INITIAL_STATE } from '../../call/call-state'
import { RoomTop } from './RoomTop'

it('has the focus when the call begins, as the button that led here is gone (A1)', () => {
  render(<RoomTop state={INITIAL_STATE} />)
  expect(screen.getByRole('heading', { level: 1 })).toHaveFocus()
})
