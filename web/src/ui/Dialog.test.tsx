import { render, screen, waitFor } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'preact/hooks'
import { describe, expect, it } from 'vitest'
import { Button } from './Button'
import { Dialog } from './Dialog'

/** A page whose one button asks; the answer may take the button away. */
function Page({ buttonStays }: { buttonStays: boolean }) {
  const [asked, setAsked] = useState(false)
  const [done, setDone] = useState(false)
  const answer = () => {
    setDone(true)
    setAsked(false)
  }
  return (
    <main tabIndex={-1}>
      {(!done || buttonStays) && <Button onClick={() => setAsked(true)}>Avboka</Button>}
      {asked && (
        <Dialog
          title="Avboka?"
          onClose={() => setAsked(false)}
          actions={<Button onClick={answer}>Ja</Button>}
        >
          <p>Det går inte att ångra.</p>
        </Dialog>
      )}
    </main>
  )
}

async function answerYes(buttonStays: boolean) {
  const user = userEvent.setup()
  render(<Page buttonStays={buttonStays} />)
  await user.click(screen.getByRole('button', { name: 'Avboka' }))
  await user.click(screen.getByRole('button', { name: 'Ja' }))
}

describe('Dialog', () => {
  it('gives the focus back to the button that opened it (A1)', async () => {
    await answerYes(true)
    await waitFor(() => expect(screen.getByRole('button', { name: 'Avboka' })).toHaveFocus())
  })

  it('leaves the focus in the page when what it did took that button away (A1)', async () => {
    await answerYes(false)
    await waitFor(() => expect(screen.getByRole('main')).toHaveFocus())
  })
})
