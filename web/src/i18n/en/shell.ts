import type { Translation } from '../shape'
import type { shell as swedish } from '../sv/shell'

export const shell: Translation<typeof swedish> = {
  home: 'Vårdrum, to the start page',
  mainMenu: 'Main menu',
  search: 'Find patient',
  book: 'Book',
  logOut: 'Log out',
  shortcuts: 'Keyboard shortcuts',
  keyBook: 'Book a visit',
  keyRows: 'Up and down in lists',
  keyEnter: 'Send, or open what is chosen',
  keyNewLine: 'New line in the chat',
  keyOverview: 'Show this list',
  singleKeys: 'Use single-key shortcuts',
}
