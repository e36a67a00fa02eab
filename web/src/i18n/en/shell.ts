import type { Translation } from '../shape'
import type { shell as swedish } from '../sv/shell'

export const shell: Translation<typeof swedish> = {
  home: 'Vårdrum, to the start page',
  mainMenu: 'Main menu',
  search: 'Find patient',
  book: 'Book',
  logOut: 'Log out',
  switchCommission: 'Switch commission',
  mySessions: 'My logins',
  accessLog: 'Access log',
  organisation: 'Organisation',
  texts: 'Message texts',
  integration: 'Integration',
  endingTitle: 'You will soon be logged out',
  endingText:
    'You have not used Vårdrum for a while. You will be logged out at {{time}} unless you continue.',
  lastMinutesText:
    'You have been logged in for almost twelve hours and will be logged out at {{time}}. Finish what you are doing and log in again.',
  notForYouTitle: 'You do not have access to this page',
  notForYouText: 'The page belongs to another role than yours. If that is wrong, contact your administrator.',
  stay: 'Stay logged in',
  shortcuts: 'Keyboard shortcuts',
  keyBook: 'Book a visit',
  keyRows: 'Up and down in lists',
  keyEnter: 'Send, or open what is chosen',
  keyNewLine: 'New line in the chat',
  keyOverview: 'Show this list',
  singleKeys: 'Use single-key shortcuts',
}
