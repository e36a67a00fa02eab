import { render } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import type { ComponentChildren } from 'preact'
import { expect, vi } from 'vitest'
import { StaffShell } from '../features/staff-shell/StaffShell'
import { FakeSocket } from './fake-socket'

/** The live socket of the page, once it has been opened. */
export async function liveSocket(): Promise<FakeSocket> {
  await vi.waitFor(() => expect(FakeSocket.all).not.toHaveLength(0))
  FakeSocket.latest.open()
  return FakeSocket.latest
}

/** Draws a clinic page within its shell, at an address; the live socket is the test's. */
export function renderPage(page: ComponentChildren, address = '/') {
  FakeSocket.install()
  window.history.replaceState(null, '', address)
  const user = userEvent.setup()
  const { container } = render(<StaffShell>{page}</StaffShell>)
  return { user, container }
}
