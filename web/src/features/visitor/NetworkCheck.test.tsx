import { render, screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { NetworkCheck } from './NetworkCheck'

const show = (network: 'good' | 'slow' | 'blocked' | 'offline') =>
  render(<NetworkCheck network={network} onCheck={() => undefined} />)

describe('the network in words (B11)', () => {
  it.each(['good', 'slow'] as const)('%s: says what has not been tried', (network) => {
    show(network)
    expect(screen.getByText('Hur väl bild och ljud kommer fram märks först i samtalet.')).toBeVisible()
  })

  it.each(['blocked', 'offline'] as const)('%s: says what to do, and no more', (network) => {
    show(network)
    expect(screen.getByRole('button', { name: 'Försök igen' })).toBeVisible()
    expect(screen.queryByText(/märks först i samtalet/)).toBeNull()
  })
})
